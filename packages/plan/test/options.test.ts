import * as ecr from "@pulumi/aws/ecr";
import * as pulumi from "@pulumi/pulumi";

import { embeddedPlan } from "../src";

const plan = (program: () => unknown) => embeddedPlan({ project: "shop", stack: "dev", config: {}, program });

describe("what else a resource says of itself", () => {
  const hook = (name: string, run: () => void) => new pulumi.ResourceHook(name, run);
  const optionsOf = async (options: () => pulumi.CustomResourceOptions) => {
    const { resources } = await plan(() => {
      new ecr.Repository("first");
      new ecr.Repository("second");
      new ecr.Repository("main", {}, options());
    });
    return resources.at(-1)!.options;
  };

  test("is in its options, and the version of a plugin only where most have another", async () => {
    expect(await optionsOf(() => ({}))).toEqual({});
    const pluginDownloadURL = "https://plugins.example.net";
    expect(await optionsOf(() => ({ import: "shop/api", version: "9.9.9", pluginDownloadURL }))).toEqual({
      import: "shop/api",
      version: "9.9.9",
      pluginDownloadURL,
    });
    const { deletedWith } = await optionsOf(() => ({ deletedWith: new ecr.Repository("other") }));
    expect(deletedWith).toBe("urn:pulumi:dev::shop::aws:ecr/repository:Repository::other");
  });

  test("by functions that run in `up` is told apart by their code", async () => {
    const of = (run: () => void) => optionsOf(() => ({ hooks: { afterUpdate: [hook("clean", run)], beforeDelete: [hook("check", run)] } }));
    const [one, same, other] = await Promise.all([of(() => void 1), of(() => void 1), of(() => void 2)]);
    expect(Object.keys(one.hooks!).sort()).toEqual(["afterUpdate", "beforeDelete"]);
    expect(one.hooks!.afterUpdate).toEqual([expect.stringMatching(/^clean \([0-9a-f]{12}\)$/)]);
    expect(same).toEqual(one);
    expect(other.hooks!.afterUpdate).not.toEqual(one.hooks!.afterUpdate);
    expect(other.hooks!.beforeDelete).not.toEqual(one.hooks!.beforeDelete);
  });

  test("by transforms, of one or of the whole stack, too", async () => {
    const of = (name: string) =>
      optionsOf(() => ({ transforms: [({ props, opts }) => ({ props: { ...(props as object), [name]: "x" }, opts })] }));
    expect((await of("a")).transforms).toEqual([expect.stringMatching(/^[0-9a-f]{12}$/)]);
    const { resources } = await plan(() => {
      pulumi.runtime.registerResourceTransform(({ props, opts }) => ({ props: props as object, opts }));
      new ecr.Repository("main");
    });
    expect(resources[0]!.options.transforms).toHaveLength(1);
  });
});
