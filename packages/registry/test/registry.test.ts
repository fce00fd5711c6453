import { embeddedPlan, type Plan } from "@fairlead/plan";
import type { CustomResourceOptions, InputPropertiesError, ResourceTransformation } from "@pulumi/pulumi";

import { ExternalImage, PublicRepository, RegistrySettings, Repository, type RepositoryArgs } from "../src";
import { BuildSettings } from "../src/containerImage/buildSettings";
import { ContainerImage } from "../src/containerImage/containerImage";
import { DeployedTag } from "../src/containerImage/deployedTag";

const plan = (program: () => unknown) => embeddedPlan({ project: "shop", stack: "dev", config: {}, program });
const inputsOf = ({ resources }: Plan, type: string) => resources.filter((resource) => resource.type === type).map(({ inputs }) => inputs);
const repository = (args?: Partial<RepositoryArgs>) => plan(() => void new Repository("api", { repositoryName: "shop/api", ...args }));

function refusalOf(make: () => unknown): InputPropertiesError {
  try {
    make();
  } catch (error) {
    return error as InputPropertiesError;
  }
  throw new Error("it was not refused");
}

describe("a repository", () => {
  test("has immutable tags, is scanned and encrypted, and outlives its stack", async () => {
    expect(inputsOf(await repository(), "aws:ecr/repository:Repository")).toEqual([
      {
        name: "shop/api",
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: "AES256" }],
        forceDelete: false,
      },
    ]);
  });

  test("stays when its resource goes, as its images do, unless it may be deleted with them", async () => {
    const optionsOf = async (args?: Partial<RepositoryArgs>) =>
      (await repository(args)).resources.find(({ type }) => type === "aws:ecr/repository:Repository")!.options;
    expect((await optionsOf()).retainOnDelete).toBe(true);
    expect((await optionsOf({ forceDelete: true })).retainOnDelete).not.toBe(true);
    expect((await optionsOf({ transform: (args) => ({ ...args, forceDelete: true }) })).retainOnDelete).not.toBe(true);
  });

  test("that stayed goes on expiring its images, and lets in no other accounts", async () => {
    const { resources } = await repository({ pullAccountIds: ["210987654321"] });
    const retained = resources.filter(({ options }) => options.retainOnDelete).map(({ type }) => type);
    expect(retained).toEqual(["aws:ecr/repository:Repository", "aws:ecr/lifecyclePolicy:LifecyclePolicy"]);
  });

  test("that stayed is taken over by its name where that is said", async () => {
    const imported: unknown[] = [];
    const transformations: ResourceTransformation[] = [({ opts }) => void imported.push((opts as CustomResourceOptions).import)];
    const make = (name: string, args: Partial<RepositoryArgs>) =>
      new Repository(name, { repositoryName: `shop/${name}`, ...args }, { transformations });
    await plan(() => [make("new", {}), make("known", { importExisting: true })]);
    expect(imported.filter((id) => id !== undefined)).toEqual(["shop/known"]);
  });

  test("is encrypted with the key that it is given", async () => {
    const [inputs] = inputsOf(await repository({ kmsKeyArn: "k" }), "aws:ecr/repository:Repository");
    expect(inputs!.encryptionConfigurations).toEqual([{ encryptionType: "KMS", kmsKey: "k" }]);
  });

  test.each([true, false])(
    "that exists keeps the encryption that it was created with, with forceDelete %s, as ECR changes none",
    async (forceDelete) => {
      const made = async (args: Partial<RepositoryArgs>) =>
        (await repository({ forceDelete, ...args })).resources.find(({ type }) => type === "aws:ecr/repository:Repository")!;
      // Replaced, it would take the name of one that still has its images.
      for (const args of [{}, { kmsKeyArn: "k" }]) expect((await made(args)).options.ignoreChanges).toEqual(["encryptionConfigurations"]);
    },
  );

  test("counts what was rolled out by itself, before everything else", async () => {
    const [{ policy }] = inputsOf(await repository({ keepDeployedImages: 7 }), "aws:ecr/lifecyclePolicy:LifecyclePolicy") as [
      { policy: string },
    ];
    const { rules } = JSON.parse(policy) as { rules: { rulePriority: number; selection: Record<string, unknown> }[] };
    expect(rules.map(({ rulePriority, selection }) => [rulePriority, selection.tagStatus, selection.countNumber])).toEqual([
      [1, "tagged", 7],
      [2, "untagged", 7],
      [3, "any", 100],
    ]);
    expect(rules[0]!.selection.tagPrefixList).toEqual(["deployed-"]);
  });

  test("lets other accounts pull when they are named, and nobody otherwise", async () => {
    expect(inputsOf(await repository(), "aws:ecr/repositoryPolicy:RepositoryPolicy")).toEqual([]);
    const [inputs] = inputsOf(await repository({ pullAccountIds: ["210987654321"] }), "aws:ecr/repositoryPolicy:RepositoryPolicy");
    const { Statement } = JSON.parse(inputs!.policy as string);
    expect(Statement).toEqual([expect.objectContaining({ Effect: "Allow", Principal: { AWS: ["arn:aws:iam::210987654321:root"] } })]);
    expect(Statement[0].Action).not.toContain("ecr:PutImage");
  });

  test("refuses a bad name and a bad account at once", async () => {
    await plan(() => {
      const refused = refusalOf(() => new Repository("api", { repositoryName: "Shop/API", pullAccountIds: ["12"] }));
      expect(refused.errors.map(({ propertyPath }) => propertyPath)).toEqual(["repositoryName", "pullAccountIds"]);
    });
  });
});

describe("registry settings", () => {
  test("scan for ever by default, replicate nothing and cache nothing", async () => {
    const made = await plan(() => void new RegistrySettings("registry"));
    expect(inputsOf(made, "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration")[0]).toMatchObject({
      scanType: "ENHANCED",
    });
    expect(inputsOf(made, "aws:ecr/replicationConfiguration:ReplicationConfiguration")).toEqual([]);
    expect(inputsOf(made, "aws:ecr/pullThroughCacheRule:PullThroughCacheRule")).toEqual([]);
  });

  test("have a scan whose arguments can be changed", async () => {
    const rules = [{ scanFrequency: "CONTINUOUS_SCAN", repositoryFilters: [{ filter: "shop/*", filterType: "WILDCARD" }] }];
    const made = await plan(() => void new RegistrySettings("registry", { transform: (args) => ({ ...args, rules }) }));
    expect(inputsOf(made, "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration")).toEqual([
      { scanType: "ENHANCED", rules },
    ]);
  });

  test("replicate across regions and accounts, and cache public registries", async () => {
    const made = await plan(
      () =>
        void new RegistrySettings("registry", {
          scanType: "BASIC",
          replication: { repositoryPrefixes: ["shop/"], destinations: [{ region: "eu-west-1", accountId: "210987654321" }] },
          pullThroughCache: { "ecr-public": { upstreamRegistryUrl: "public.ecr.aws" } },
        }),
    );
    expect(inputsOf(made, "aws:ecr/replicationConfiguration:ReplicationConfiguration")[0]!.replicationConfiguration).toEqual({
      rules: [
        {
          destinations: [{ region: "eu-west-1", registryId: "210987654321" }],
          repositoryFilters: [{ filter: "shop/", filterType: "PREFIX_MATCH" }],
        },
      ],
    });
    expect(inputsOf(made, "aws:ecr/pullThroughCacheRule:PullThroughCacheRule")).toEqual([
      { ecrRepositoryPrefix: "ecr-public", upstreamRegistryUrl: "public.ecr.aws" },
    ]);
  });
});

test("a public repository says in the gallery which platforms it has", async () => {
  const made = await plan(
    () => void new PublicRepository("agent", { repositoryName: "agent", description: "d", platforms: ["linux/arm64"] }),
  );
  expect(inputsOf(made, "aws:ecrpublic/repository:Repository")[0]!.catalogData).toMatchObject({ architectures: ["ARM 64"] });
});

test("a public repository's name has 2 to 205 characters, fewer than a private one's", async () => {
  await plan(() => {
    const named = (length: number) => () =>
      new PublicRepository(`agent-${length}`, { repositoryName: "a".repeat(length), description: "d", platforms: ["linux/arm64"] });
    for (const length of [1, 206]) {
      expect(refusalOf(named(length)).errors).toEqual([
        { propertyPath: "repositoryName", reason: expect.stringContaining("205 characters: lower-case") },
      ]);
    }
    for (const length of [2, 205]) expect(named(length)).not.toThrow();
  });
});

test("what is no image is refused", () => {
  const { message, errors } = refusalOf(() => new ExternalImage("Not A Reference:1", ["linux/arm64"]));
  expect(message).toBe("ExternalImage");
  expect(errors).toEqual([{ propertyPath: "reference", reason: expect.stringMatching(/^FL2123 "Not A Reference:1" /) }]);
});

test.each(["nginx", "nginx:latest", "localhost:5000/nginx", "nginx:1.29"])("of the image %s the digest is looked up once", (reference) => {
  expect(new ExternalImage(reference, ["linux/arm64"]).pin).toBeDefined();
});

test.each(["nginx:1.29", "localhost:5000/nginx:1", `nginx@sha256:${"0".repeat(64)}`])("the image %s is fine", (reference) => {
  expect(() => new ExternalImage(reference, ["linux/arm64"])).not.toThrow();
});

test("an image is tagged as deployed only after what it depends on, under a tag of its own", async () => {
  const made = await plan(() => {
    const build = new BuildSettings({ registry: { address: "example.test", username: "AWS", password: "x" } });
    const repository = new Repository("api", { repositoryName: "shop/api" });
    const image = new ContainerImage("api", { repository, build, tag: "1.0.0-abc", context: __dirname, platforms: ["linux/arm64"] });
    const service = new Repository("stands-for-the-service", { repositoryName: "shop/x" });
    new DeployedTag("api", image, { dependsOn: service });
  });
  const deployed = made.resources.find(({ name }) => name === "api-deployed")!;
  expect(deployed.inputs).toMatchObject({ image: expect.stringMatching(/#repositoryUrl\}@.*#digest\}$/), tag: "deployed-1.0.0-abc-arm64" });
  expect(deployed.dependencies.some((urn) => urn.includes("stands-for-the-service"))).toBe(true);
});
