import * as pulumi from "@pulumi/pulumi";

import type { Repository } from "../../src";
import { BuildSettings } from "../../src/containerImage/buildSettings";
import { ContainerImage } from "../../src/containerImage/containerImage";
import { unlessThere } from "../../src/containerImage/existingImages";

const digest = (character: string) => `sha256:${character.repeat(64)}`;
const repository = { url: pulumi.output("example.test/api"), arn: pulumi.output("arn") } as unknown as Repository;
const platforms = ["linux/amd64", "linux/arm64"] as const;

type Inputs = Record<string, unknown>;

/** An image that `up` makes while its repository has these tags: what is asked of docker-build, by name, and the image's reference. */
async function upWith(there: Record<string, string>): Promise<{ asked: Record<string, Inputs>; reference: string }> {
  const { asked, image } = await imageWith((type, inputs) =>
    type.endsWith("ExistingImages") ? { digests: there } : { digest: digest("b"), ref: `${String(inputs.tag)}@${digest("c")}` },
  );
  const reference = await new Promise<string>((resolve) => image.reference.apply(resolve));
  return { asked, reference };
}

async function imageWith(made: (type: string, inputs: Inputs) => Inputs, preview = false) {
  const asked: Record<string, Inputs> = {};
  const mocks: pulumi.runtime.Mocks = {
    call: ({ inputs }) => inputs as Inputs,
    newResource: ({ type, name, inputs }) => {
      asked[`${type.split(":").at(-1)} ${name}`] = inputs as Inputs;
      return { id: name, state: { ...(inputs as Inputs), ...made(type, inputs as Inputs) } };
    },
  };
  await pulumi.runtime.setMocks(mocks, undefined, undefined, preview);
  const registry = { address: "example.test", username: "AWS", password: "x" };
  const build = new BuildSettings({ registry, cache: { kind: "registry", repositoryUrl: "example.test/cache" } });
  const image = new ContainerImage("api", { repository, build, tag: "1-abc", context: __dirname, target: "last", platforms });
  return { asked, image };
}

const nothing = { dockerfile: { inline: "FROM scratch\n" }, exports: [{ cacheonly: {} }] };

test("a tag that there is not is built, pushed and joined", async () => {
  const { asked, reference } = await upWith({});
  expect(asked["ExistingImages api"]).toMatchObject({ repository: "example.test/api", tags: ["1-abc", "1-abc-amd64", "1-abc-arm64"] });
  for (const name of ["Image api-amd64", "Image api-arm64"]) {
    expect(asked[name]).toMatchObject({ target: "last", exports: [{ raw: expect.stringMatching(/^type=registry/) as string }] });
    expect(asked[name]).toHaveProperty("cacheTo");
  }
  expect(asked["Index api"]).toMatchObject({ push: true });
  expect(reference).toBe(`example.test/api@${digest("c")}`);
});

test("a tag that is there is what it was: nothing is built, pushed or cached", async () => {
  const { asked, reference } = await upWith({ "1-abc": digest("a") });
  for (const name of ["Image api-amd64", "Image api-arm64"]) {
    expect(asked[name]).toMatchObject(nothing);
    for (const key of ["target", "cacheFrom", "cacheTo"]) expect(asked[name]).not.toHaveProperty(key);
  }
  const source = `example.test/api@${digest("a")}`;
  expect(asked["Index api"]).toMatchObject({ push: false, sources: [source, source] });
  expect(reference).toBe(`example.test/api@${digest("a")}`);
});

test("a preview of a new build asks docker-build for what it would build: what is not known it would refuse", async () => {
  const { asked, image } = await imageWith(() => ({}), true);
  await (image.reference as pulumi.Output<string> & { promise(withUnknowns: boolean): Promise<string> }).promise(true);
  for (const name of ["Image api-amd64", "Image api-arm64"]) {
    expect(asked[name]).toMatchObject({ dockerfile: { location: expect.stringMatching(/Dockerfile$/) as string }, target: "last" });
  }
  expect(asked["Index api"]!.sources).toHaveLength(2);
});

test("of an image whose other platform failed, the one that is there is not built again", async () => {
  const { asked } = await upWith({ "1-abc-amd64": digest("a") });
  expect(asked["Image api-amd64"]).toMatchObject(nothing);
  expect(asked["Image api-arm64"]).not.toMatchObject(nothing);
  expect((asked["Index api"]!.sources as string[])[0]).toBe(`example.test/api@${digest("a")}`);
  expect(asked["Index api"]).toMatchObject({ push: true });
});

test("a secret of a build stays one", async () => {
  const args = unlessThere({ push: false, secrets: pulumi.secret({ npm: "planted" }) }, pulumi.output(undefined));
  expect(await pulumi.isSecret(pulumi.output(args.secrets))).toBe(true);
});
