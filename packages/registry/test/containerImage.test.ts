import { embeddedPlan } from "@fairlead/plan";

import { ContainerImage, Repository, type Platform, type RunnableOn } from "../src";

const build = { registry: { address: "example.test", username: "AWS", password: "x" }, cacheRepositoryUrl: "example.test/cache" };

async function planOf(platforms: Platform[]) {
  const plan = await embeddedPlan({
    project: "shop",
    stack: "dev",
    config: {},
    program: () => {
      const repository = new Repository("api", { repositoryName: "shop/api" });
      return { reference: new ContainerImage("api", { repository, build, tag: "1.0.0-abc", context: "../apps/api", platforms }).reference };
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
  for (const { inputs } of images) expect(inputs).toMatchObject({ buildOnPreview: false, push: false, exports: [{ registry: {} }] });
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
