import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { elf, file, layoutOf } from "@fairlead/inspection/testing/testImage";

import { provider as tagging } from "../src/deployedTagProvider";
import { provider as lookup } from "../src/existingImagesProvider";
import { provider as inspection } from "../src/imageInspectionProvider";
import { provider as pinning } from "../src/pinnedImageProvider";
import { provider as copying } from "../src/promotion/imageCopyProvider";

beforeEach(() => (process.env.XDG_CACHE_HOME = mkdtempSync(join(tmpdir(), "fairlead-cache-"))));

describe("an inspection", () => {
  const task = async (machine: number, change: object = {}) => ({
    service: "api",
    platform: "linux/amd64",
    containers: { api: { image: await layoutOf([[file("app", elf({ machine }))]], { Cmd: ["/app"] }), ...change } },
  });

  test("passes what would start", async () => expect((await inspection.create(await task(62))).id).toBe("api"));

  test("tells the health checks of images, for the task definition", async () => {
    const image = await layoutOf([[file("app", elf())]], { Cmd: ["/app"], Healthcheck: { Test: ["CMD", "/app", "--check"] } });
    const { service, platform, containers } = await task(62);
    const both = { service, platform, containers: { ...containers, checked: { image } } };
    const checked = { checked: expect.objectContaining({ command: ["CMD", "/app", "--check"] }) as object };
    expect((await inspection.create(both)).outs).toEqual({ ...both, healthChecks: checked, warnings: [] });
    expect((await inspection.update!("api", {}, both)).outs).toEqual({ ...both, healthChecks: checked, warnings: [] });
  });

  test("tells what may keep a container from running, and stops nothing", async () => {
    const image = await layoutOf([[file("bin/sh", elf())]], { Cmd: ["/bin/sh"], Healthcheck: { Test: ["CMD", "/check"] } });
    const task = { service: "api", platform: "linux/amd64", containers: { api: { image } } };
    const { outs } = await inspection.create(task);
    expect(outs).toEqual({
      ...task,
      healthChecks: {},
      warnings: [expect.stringMatching(/^FL2112 {2}api/)],
    });
  });

  test("fails for what would not, with service, platform, file, consequence and fix", async () => {
    const message = await inspection.create(await task(183)).then(
      () => "",
      (error: Error) => error.message,
    );
    expect(message).toMatch(/^api would not run\. Its task definition was left as it is/);
    expect(message).toMatch(
      /FL2106 {2}api {2}linux\/amd64 {2}\/app\n.*ARM64[^]*on ECS: .*exec format error[^]*fix: Build it for linux\/amd64[^]*unstartableImages: tell/,
    );
  });

  test("only tells where it was told to, but not what else is required", async () => {
    const admission = { unstartableImages: "tell" };
    const { outs } = await inspection.create({ ...(await task(183)), admission });
    expect(outs).toMatchObject({ warnings: [expect.stringMatching(/^FL2106 {2}api/)] });
    await expect(
      inspection.create({ ...(await task(183)), admission: { ...admission, allowedRegistries: ["public.ecr.aws"] } }),
    ).rejects.toThrow(/FL2160 {2}api\n/);
  });

  test("names every container that would not start, and what can't be read", async () => {
    const { platform, service, containers } = await task(62, { command: ["/missing"] });
    const both = { ...containers, proxy: { image: "127.0.0.1:1/none@sha256:" + "0".repeat(64) } };
    await expect(inspection.update!("api", {}, { service, platform, containers: both })).rejects.toThrow(
      /FL2104 {2}api[^]*FL2118 {2}api {2}proxy/,
    );
  });

  test("tells what the environment requires together with what would not start", async () => {
    const admission = { allowedRegistries: ["public.ecr.aws"] };
    await expect(inspection.create({ ...(await task(183)), admission })).rejects.toThrow(
      /^api would not run\. Its task definition was left as it is, [^]*FL2106 {2}api[^]*\n\nFL2160 {2}api\n/,
    );
    await expect(inspection.create({ ...(await task(62)), admission })).rejects.toThrow(
      /^api may not run here\. Its task definition was left/,
    );
  });

  test("tells once what both can't read", async () => {
    const proxy = { image: "127.0.0.1:1/none@sha256:" + "0".repeat(64) };
    const admission = { requiredAttestations: ["sbom" as const] };
    const message = await inspection.create({ service: "api", platform: "linux/amd64", containers: { proxy }, admission }).catch(String);
    expect(String(message).match(/FL2118 {2}/g)).toHaveLength(1);
  });

  test("happens again for another image, command, platform or requirement, and not for anything else", async () => {
    const before = await task(62);
    const changes = async (news: object) => (await inspection.diff!("api", before, { ...before, ...news })).changes;
    expect(await changes({ service: "b" })).toBe(false);
    expect(await changes({ platform: "linux/arm64" })).toBe(true);
    expect(await changes({ containers: { api: { ...before.containers.api, user: "0" } } })).toBe(true);
    expect(await changes({ admission: { allowedRegistries: [] } })).toBe(true);
  });
});

describe("a version of somebody else's image", () => {
  let server: Server;
  let digest: string;
  beforeEach(async () => {
    digest = `sha256:${"a".repeat(64)}`;
    server = createServer((request, response) => {
      if (request.url === "/v2/proxy/manifests/1.0.0") response.setHeader("docker-content-digest", digest).end();
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });
  const image = (tag: string) => `127.0.0.1:${(server.address() as AddressInfo).port}/proxy:${tag}`;

  test("is pinned once, and stays when its tag moves", async () => {
    const { outs } = await pinning.create({ image: image("1.0.0") });
    expect(outs.reference).toBe(`${image("").slice(0, -1)}@${digest}`);
    expect(await pinning.diff!("x", outs, { image: image("1.0.0") })).toEqual({ changes: false });
    expect(await pinning.diff!("x", outs, { image: image("1.1.0") })).toEqual({ changes: true });
  });

  test("that is not there is told with its name", async () => {
    await expect(pinning.create({ image: image("2.0.0") })).rejects.toThrow(
      /FL2118 .* has no tag 2\.0\.0\. Nothing that needs it was changed/,
    );
  });
});

describe("a repository that takes a tag once", () => {
  let server: Server;
  let repository: string;
  const tags: Record<string, string> = {};
  const manifest = JSON.stringify({
    ...{ schemaVersion: 2, mediaType: "application/vnd.oci.image.manifest.v1+json", layers: [] },
    config: { mediaType: "application/vnd.oci.image.config.v1+json", digest: `sha256:${"c".repeat(64)}`, size: 2 },
  });
  const digest = `sha256:${createHash("sha256").update(manifest).digest("hex")}`;
  beforeEach(async () => {
    for (const tag of Object.keys(tags)) delete tags[tag];
    server = createServer((request, response) => {
      const reference = request.url!.split("/").at(-1)!;
      const found = reference === digest ? digest : tags[reference];
      if (request.method === "PUT" && found) return response.writeHead(400).end();
      if (request.method === "PUT") return (tags[reference] = digest) && response.writeHead(201).end();
      if (!found) return response.writeHead(404).end();
      response.setHeader("docker-content-digest", found).end(request.method === "HEAD" ? undefined : manifest);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    repository = `127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  test("is asked which tags it has, and not again while the build is the same", async () => {
    tags["1-abc"] = digest;
    const inputs = { repository, tags: ["1-abc", "1-abc-arm64"], build: "x" };
    const { outs } = await lookup.create(inputs);
    expect(outs.digests).toEqual({ "1-abc": digest });
    const changes = async (news: object) => (await lookup.diff!("x", outs, { ...inputs, ...news })).changes;
    expect(await Promise.all([{}, { build: "y" }, { tags: ["2"] }, { repository: "x" }].map(changes))).toEqual([false, true, true, true]);
  });

  test("gets the tag of a rollout, and not a second time when an older image is rolled out again", async () => {
    const rollout = { image: `${repository}@${digest}`, tag: "deployed-1-abc" };
    expect((await tagging.create(rollout)).id).toBe(`${repository}:deployed-1-abc`);
    expect(tags).toEqual({ "deployed-1-abc": digest });
    await expect(tagging.update!("x", {}, rollout)).resolves.toEqual({ outs: rollout });
    const changes = async (news: object) => (await tagging.diff!("x", rollout, { ...rollout, ...news })).changes;
    expect(await Promise.all([{}, { image: "x" }, { tag: "x" }].map(changes))).toEqual([false, true, true]);
  });
});

test("a copy is made again for another image, place or tag", async () => {
  const before = { from: "a/b@x", to: "c/d", tags: ["1"] };
  const changes = async (news: object) => (await copying.diff!("x", before, { ...before, ...news })).changes;
  expect(await Promise.all([{}, { profile: "x" }, { from: "a/b@y" }, { to: "c/e" }, { tags: ["1", "2"] }].map(changes))).toEqual([
    false,
    false,
    true,
    true,
    true,
  ]);
});

test("each acts as the stack's provider does: the engine hands it the stack's configuration", () => {
  expect([inspection, pinning, copying].map(({ configure }) => typeof configure)).toEqual(["function", "function", "function"]);
});
