import type { Platform } from "@fairlead/model";
import { embeddedPlan, type Plan } from "@fairlead/plan";

import { Repository } from "../../src";
import { BuildSettings, type BuildCache, type BuildSettingsArgs } from "../../src/containerImage/buildSettings";
import { ContainerImage, type ContainerImageArgs, type RunnableOn } from "../../src/containerImage/containerImage";

const registry = { address: "example.test", username: "AWS", password: "x" };

async function planOf(platforms: Platform[]) {
  const plan = await embeddedPlan({
    project: "shop",
    stack: "dev",
    config: {},
    program: () => {
      const build = new BuildSettings({ registry, cache: { kind: "registry", repositoryUrl: "example.test/cache" } });
      const repository = new Repository("api", { repositoryName: "shop/api" });
      return { reference: new ContainerImage("api", { repository, build, tag: "1.0.0-abc", context: __dirname, platforms }).reference };
    },
  });
  const of = (type: string) => plan.resources.filter((resource) => resource.type === type);
  return { plan, images: of("docker-build:index:Image"), indexes: of("docker-build:index:Index") };
}

test("one platform is a plain image, pinned by its digest", async () => {
  const { plan, images, indexes } = await planOf(["linux/arm64"]);
  expect(images).toHaveLength(1);
  expect(indexes).toHaveLength(0);
  expect(plan.outputs.reference).toBe(
    "${urn:pulumi:dev::shop::fairlead:registry:Repository$aws:ecr/repository:Repository::api#repositoryUrl}@" +
      "${urn:pulumi:dev::shop::fairlead:registry:ContainerImage$docker-build:index:Image::api-arm64#digest}",
  );
});

test("several platforms are an image each, with a cache each, joined by an index", async () => {
  const { images, indexes } = await planOf(["linux/amd64", "linux/arm64"]);
  expect(images.map(({ inputs }) => inputs.platforms)).toEqual([["linux/amd64"], ["linux/arm64"]]);
  const caches = images.map(({ inputs }) => (inputs.cacheTo as { registry: { ref: string } }[])[0]!.registry.ref);
  expect(caches).toEqual(["example.test/cache:api-amd64", "example.test/cache:api-arm64"]);
  expect(indexes[0]!.inputs.sources).toHaveLength(2);
});

test("images outlive their resources, and a preview neither builds nor pushes", async () => {
  const { images, indexes } = await planOf(["linux/amd64", "linux/arm64"]);
  for (const { options } of [...images, ...indexes]) expect(options.retainOnDelete).toBe(true);
  for (const { inputs } of images) expect(inputs).toMatchObject({ buildOnPreview: false, push: false });
});

test("an image has the time of its commit, in all its files", async () => {
  const exported = async (args: Partial<ContainerImageArgs<"linux/arm64">> = {}) => {
    const plan = await embeddedPlan({
      ...{ project: "shop", stack: "dev", config: {} },
      program: () => {
        const repository = new Repository("api", { repositoryName: "shop/api" });
        const build = new BuildSettings({ registry });
        new ContainerImage("api", { repository, build, tag: "1", context: __dirname, platforms: ["linux/arm64"], ...args });
      },
    });
    return plan.resources.find(({ type }) => type === "docker-build:index:Image")!.inputs;
  };
  const committedAt = new Date("2026-11-28T12:00:00Z");
  expect(await exported({ committedAt, buildArgs: { A: "b" } })).toMatchObject({
    exports: [{ raw: "type=registry,rewrite-timestamp=true" }],
    buildArgs: { A: "b", SOURCE_DATE_EPOCH: "1795867200" },
  });
  expect((await exported()).buildArgs).toBeUndefined();
});

test("provenance is made where it is asked for, and the arguments are what they were where it is not", async () => {
  const inputsWith = async (settings: Partial<BuildSettingsArgs>) => {
    const plan = await embeddedPlan({
      project: "shop",
      stack: "dev",
      config: {},
      program: () => {
        const repository = new Repository("api", { repositoryName: "shop/api" });
        const build = new BuildSettings({ registry, ...settings });
        new ContainerImage("api", { repository, build, tag: "1.0.0-abc", context: __dirname, platforms: ["linux/arm64"] });
      },
    });
    return plan.resources.find(({ type }) => type === "docker-build:index:Image")!.inputs;
  };
  expect(await inputsWith({ provenance: true })).toMatchObject({ exec: true });
  expect(await inputsWith({})).not.toHaveProperty("exec");
});

test("an image for more platforms is one for fewer, by type", () => {
  const accept = (image: RunnableOn<"linux/arm64">) => image;
  const check = (both: ContainerImage<"linux/amd64" | "linux/arm64">, other: ContainerImage<"linux/amd64">) => {
    accept(both);
    // @ts-expect-error an image for linux/amd64 alone does not run on linux/arm64
    accept(other);
  };
  expect(check).toBeDefined();
});

describe("builds", () => {
  const planWith = (settings: Partial<BuildSettingsArgs>, image: Partial<ContainerImageArgs<"linux/arm64">> = {}) =>
    embeddedPlan({
      project: "shop",
      stack: "dev",
      config: {},
      program: () => {
        const build = new BuildSettings({ registry, ...settings });
        for (const name of ["a", "b", "c", "d", "e"]) {
          const repository = new Repository(name, { repositoryName: `shop/${name}` });
          new ContainerImage(name, { repository, build, tag: "1", context: __dirname, platforms: ["linux/arm64"], ...image });
        }
      },
    });
  const imagesOf = ({ resources }: Plan) =>
    resources.filter(({ type }) => type === "docker-build:index:Image").sort((a, b) => (a.name < b.name ? -1 : 1));

  test("go on a few at a time: each waits for the one before it in its lane", async () => {
    const images = imagesOf(await planWith({ concurrency: 2 }));
    const waits = images.map(({ dependencies }) =>
      dependencies.filter((urn) => urn.includes("docker-build")).map((urn) => urn.split("::").at(-1)),
    );
    expect(waits).toEqual([[], [], ["a-arm64"], ["b-arm64"], ["c-arm64"]]);
    expect(() => new BuildSettings({ registry, concurrency: 0 })).toThrow(
      expect.objectContaining({ errors: [{ propertyPath: "concurrency", reason: "0: expected a whole number from 1" }] }),
    );
  });

  test.each<[BuildCache | undefined, object]>([
    [undefined, {}],
    [
      { kind: "githubActions" },
      { cacheTo: [{ gha: { scope: "a-arm64", mode: "max", ignoreError: true } }], cacheFrom: [{ gha: { scope: "a-arm64" } }] },
    ],
    [
      { kind: "local", folder: "c" },
      { cacheTo: [{ local: { dest: "c/a-arm64", mode: "max", ignoreError: true } }], cacheFrom: [{ local: { src: "c/a-arm64" } }] },
    ],
  ])("keep layers in the cache %j", async (cache, expected) => {
    const { cacheFrom, cacheTo } = imagesOf(await planWith({ cache }))[0]!.inputs;
    expect({ cacheFrom, cacheTo }).toEqual({ cacheFrom: undefined, cacheTo: undefined, ...expected });
  });

  test("get secrets that no plan shows, and whose value alone changes nothing", async () => {
    const plan = await planWith({}, { secrets: { npm: "planted-secret" }, ssh: ["default"] });
    expect(JSON.stringify(plan)).not.toContain("planted-secret");
    expect(imagesOf(plan)[0]!.inputs).toMatchObject({ ignoreSecretsInDiffCalculation: ["npm"], ssh: [{ id: "default" }] });
  });
});

test("a tag says the architecture of what it names, so that no other image ever needs the same", async () => {
  const tags = ({ images }: Awaited<ReturnType<typeof planOf>>) =>
    images.map(({ inputs }) => (inputs.tags as string[])[0]!.split(":").at(-1));
  expect(tags(await planOf(["linux/arm64"]))).toEqual(["1.0.0-abc-arm64"]);
  const both = await planOf(["linux/amd64", "linux/arm64"]);
  expect(tags(both).sort()).toEqual(["1.0.0-abc-amd64", "1.0.0-abc-arm64"]);
  expect(both.indexes[0]!.inputs.tag).toMatch(/:1\.0\.0-abc$/);
});

test("a context that is not there, no platform and an impossible tag are refused at once", async () => {
  await embeddedPlan({
    project: "shop",
    stack: "dev",
    config: {},
    program: () => {
      const repository = new Repository("api", { repositoryName: "shop/api" });
      const make = () =>
        new ContainerImage("api", { repository, build: new BuildSettings({ registry }), tag: "a b", context: "none", platforms: [] });
      expect(make).toThrow(
        expect.objectContaining({
          errors: ["context", "platforms", "tag"].map((propertyPath) => expect.objectContaining({ propertyPath })),
        }),
      );
    },
  });
});
