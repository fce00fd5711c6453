import { rmSync } from "node:fs";
import { join } from "node:path";

import { inspectImage } from "../src/inspectImage";
import { limits } from "../src/limits";
import { elf, file, gzipLayer, TestLayout } from "../testing/testImage";

const config = { Cmd: ["/app"] };
const app = (machine = 62) => gzipLayer([file("app", elf({ machine }))]);
const on = (architecture: string, variant?: string, os = "linux") => ({ os, architecture, variant });

async function reportOf(layout: TestLayout, platforms?: string[]) {
  const report = await inspectImage(layout.path, { platforms, cache: false });
  const found = report.platforms.map(({ platform, findings }) => [
    platform,
    ...findings.map(({ code, certainty }) => `${code} ${certainty}`),
  ]);
  return { found, others: report.others };
}

test("an official image is judged for what tasks run on, and the rest is named", async () => {
  const layout = new TestLayout();
  const amd = layout.image([await app()], config);
  const arm = layout.image([await app(183)], config, "arm64");
  // Of another machine each; nothing in them is read.
  const other = (architecture: string) =>
    layout.image([{ bytes: Buffer.from(architecture), mediaType: "x", diffId: "x" }], config, architecture);
  layout.index([
    { ...amd, platform: on("amd64") },
    { ...arm, platform: on("arm64", "v8") },
    { ...other("arm"), platform: on("arm", "v7") },
    { ...other("386"), platform: on("386") },
    { ...other("s390x"), platform: on("s390x") },
    { ...other("amd64"), platform: { ...on("amd64", undefined, "windows"), "os.version": "10.0.20348" } },
  ]);
  expect(await reportOf(layout)).toEqual({
    found: [["linux/amd64"], ["linux/arm64"]],
    others: ["linux/386", "linux/arm/v7", "linux/s390x", "windows/amd64"],
  });
});

test("what describes an image is no platform of it", async () => {
  const layout = new TestLayout();
  const image = layout.image([await app()], config);
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  const empty = { mediaType: "application/vnd.oci.empty.v1+json", ...layout.putJson({}) };
  const sbom = (fields: object, type = "application/vnd.oci.empty.v1+json") => ({
    mediaType,
    ...layout.putJson({ schemaVersion: 2, mediaType, config: { ...empty, mediaType: type }, layers: [empty], ...fields }),
  });
  layout.index([
    { ...image, platform: on("amd64") },
    { ...sbom({ artifactType: "application/spdx+json" }), artifactType: "application/spdx+json" },
    sbom({ artifactType: "application/spdx+json" }),
    sbom({}, "application/vnd.cncf.notary.signature"),
    { ...sbom({}), platform: on("unknown", undefined, "unknown"), annotations: { "vnd.docker.reference.type": "attestation-manifest" } },
    { mediaType: "application/vnd.in-toto+json", ...layout.putJson({}) },
  ]);
  expect(await reportOf(layout)).toEqual({ found: [["linux/amd64"]], others: undefined });
});

test("a chart or an SBOM alone is no image", async () => {
  const layout = new TestLayout();
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  const helm = { mediaType: "application/vnd.cncf.helm.config.v1+json", ...layout.putJson({ name: "chart" }) };
  layout.index([{ mediaType, ...layout.putJson({ schemaVersion: 2, mediaType, config: helm, layers: [] }) }]);
  await expect(inspectImage(layout.path, { cache: false })).rejects.toMatchObject({ code: "FL2117" });
});

test("a file that holds one image of an index is judged by that", async () => {
  const layout = new TestLayout();
  const amd = layout.image([await app()], config);
  const arm = layout.image([await app(183)], config, "arm64");
  layout.index([
    { ...amd, platform: on("amd64") },
    { ...arm, platform: on("arm64") },
  ]);
  rmSync(join(layout.path, "blobs", arm.digest.replace(":", "/")));
  expect((await reportOf(layout)).found).toEqual([["linux/amd64"]]);
  expect((await reportOf(layout, ["linux/arm64"])).found).toEqual([["linux/arm64", "FL2101 dies"]]);
});

test("an image for older machines alone may run", async () => {
  const layout = new TestLayout();
  const image = layout.image([await app(3)], config, "386");
  layout.index([{ ...image, platform: on("386") }]);
  expect(await reportOf(layout, ["linux/amd64"])).toEqual({ found: [["linux/amd64", "FL2101 may"]], others: ["linux/386"] });
  expect((await reportOf(layout, ["linux/arm64"])).found).toEqual([["linux/arm64", "FL2101 dies"]]);
});

test("an index whose entries lead to indexes, a thousand by a thousand by a thousand, ends", async () => {
  const layout = new TestLayout();
  const mediaType = "application/vnd.oci.image.index.v1+json";
  let inner: object = layout.image([await app()], config);
  for (let depth = 0; depth < 3; depth++)
    inner = { mediaType, ...layout.putJson({ schemaVersion: 2, mediaType, manifests: Array(900).fill(inner) }) };
  layout.index([inner]);
  await expect(inspectImage(layout.path, { cache: false })).rejects.toMatchObject({ code: "FL2115" });
  // The same in which no entry is an image: nothing counts up.
  let empty: object = { mediaType: "text/plain", ...layout.putJson({}) };
  for (let depth = 0; depth < 3; depth++)
    empty = { mediaType, ...layout.putJson({ schemaVersion: 2, mediaType, manifests: Array(900).fill(empty) }) };
  layout.index([empty]);
  await expect(inspectImage(layout.path, { cache: false })).rejects.toMatchObject({ code: "FL2115" });
});

test("entries that don't say what for are not read by the mebibyte", async () => {
  const layout = new TestLayout();
  const images = await Promise.all(["a", "b", "c"].map(async (label) => layout.image([await app()], { ...config, Labels: { label } })));
  layout.index(images);
  expect((await reportOf(layout)).found).toEqual([["linux/amd64"]]);
  const before = limits.indexBytes;
  try {
    limits.indexBytes = 500;
    await expect(reportOf(layout)).rejects.toMatchObject({
      code: "FL2115",
      message: expect.stringContaining("don't say what they are for"),
    });
  } finally {
    limits.indexBytes = before;
  }
});
