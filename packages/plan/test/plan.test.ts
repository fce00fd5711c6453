import { spawnSync } from "node:child_process";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as ecr from "@pulumi/aws/ecr";
import * as pulumi from "@pulumi/pulumi";

import {
  comparableSecrets,
  embeddedPlan,
  holdsSecret,
  isSecret,
  redacted,
  referencesIn,
  signatureKey,
  unknownValue,
  withoutMarks,
} from "../src";
import { secretSignature } from "../src/wireFormat";

const plan = (program: () => unknown, config: Record<string, string> = {}, secretKeys: string[] = []) =>
  embeddedPlan({ project: "shop", stack: "dev", config, secretKeys, program });

class Group extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:index:Group", name);
    const repository = new ecr.Repository(name, { name: "shop/api" }, { parent: this, protect: true, retainOnDelete: true });
    new ecr.LifecyclePolicy(
      name,
      { repository: repository.name, policy: pulumi.interpolate`{"of":"${repository.arn}","at":"${repository.repositoryUrl}"}` },
      { parent: this, ignoreChanges: ["policy"], aliases: [{ name: "old" }] },
    );
    this.registerOutputs({});
  }
}

describe("the embedded plan", () => {
  const urn = "urn:pulumi:dev::shop::test:index:Group$aws:ecr/repository:Repository::main";

  test("records resources as the engine would name them, with parents, options and where values come from", async () => {
    const { resources, outputs } = await plan(() => {
      new Group("main");
      return { constant: 1 };
    });
    expect(resources.map(({ type, custom }) => [type, custom])).toEqual([
      ["pulumi:pulumi:Stack", false],
      ["test:index:Group", false],
      ["aws:ecr/repository:Repository", true],
      ["aws:ecr/lifecyclePolicy:LifecyclePolicy", true],
    ]);
    const [stack, group, repository, policy] = resources;
    expect(stack).toMatchObject({ urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev", parent: null });
    expect(group!.parent).toBe(stack!.urn);
    expect(repository).toMatchObject({ urn, parent: group!.urn, options: { protect: true, retainOnDelete: true } });
    expect(policy).toMatchObject({
      inputs: { repository: "shop/api", policy: `{"of":"\${${urn}#arn}","at":"\${${urn}#repositoryUrl}"}` },
      dependencies: [urn],
      propertyDependencies: { policy: [urn], repository: [urn] },
      options: { ignoreChanges: ["policy"] },
    });
    expect(policy!.options.aliases).toHaveLength(1);
    expect(referencesIn(policy!.inputs.policy)).toEqual([
      { urn, attribute: "arn" },
      { urn, attribute: "repositoryUrl" },
    ]);
    expect(outputs).toEqual({ constant: 1 });
  });

  test("records the provider where it is another than the stack's own, also that of a parent", async () => {
    const { resources } = await plan(() => {
      const provider = new aws.Provider("ireland", { region: "eu-west-1" });
      new ecr.Repository("main", {}, { provider });
      new ecr.Repository("other");
      class Parent extends pulumi.ComponentResource {}
      new ecr.Repository("child", {}, { parent: new Parent("test:index:Parent", "parent", {}, { provider }) });
    });
    const ireland = "urn:pulumi:dev::shop::pulumi:providers:aws::ireland";
    const providerOf = (wanted: string) => resources.find(({ type, name }) => type.startsWith("aws:") && name === wanted)!.options.provider;
    expect(["main", "other", "child"].map(providerOf)).toEqual([ireland, undefined, ireland]);
  });

  test("a value that is one reference reads $output", async () => {
    const { resources } = await plan(() => {
      const repository = new ecr.Repository("main");
      new ecr.LifecyclePolicy("main", { repository: repository.name, policy: repository.id });
    });
    const repositoryUrn = "urn:pulumi:dev::shop::aws:ecr/repository:Repository::main";
    expect(resources.at(-1)!.inputs).toEqual({
      repository: { $output: `${repositoryUrn}#name` },
      policy: { $output: `${repositoryUrn}#id` },
    });
  });

  describe("what is looked up", () => {
    const [key, other] = ["11111111-2222-3333-4444-555555555555", "99999999-8888-7777-6666-555555555555"];
    const inputsOf = async (program: () => Record<string, pulumi.Input<unknown>>) => {
      const { resources } = await plan(() => void new ecr.Repository("main", { tags: program() as Record<string, string> }));
      return JSON.stringify(resources.at(-1)!.inputs.tags);
    };

    test("of a resource that others manage is named by its id, whatever the program calls it", async () => {
      const arn = (name: string, id: string) => inputsOf(() => ({ arn: aws.kms.Key.get(name, id).arn }));
      expect(await arn("shared", key)).toBe(await arn("renamed", key));
      expect(await arn("shared", key)).not.toBe(await arn("shared", other));
      expect(await arn("shared", key)).toContain(`aws:kms/key:Key::${key}#arn`);
    });

    test("by another provider is another", async () => {
      const by = (name: string) =>
        inputsOf(() => ({ arn: aws.kms.Key.get("shared", key, {}, { provider: new aws.Provider(name, { region: "eu-west-1" }) }).arn }));
      expect(await by("ireland")).not.toBe(await by("dublin"));
    });

    test("by an id that apply fills in says whose", async () => {
      const of = (name: string) =>
        inputsOf(() => {
          const [one, two] = [new aws.kms.Key("one"), new aws.kms.Key("two")];
          return { arn: aws.kms.Key.get("shared", name === "one" ? one.id : two.id).arn };
        });
      expect(await of("one")).not.toBe(await of("two"));
      expect(await of("one")).toContain("urn:pulumi:lookup::lookup::aws:kms/key:Key::<one id>#arn");
    });

    test("is each output of another stack by itself, however it is read", async () => {
      const read = (stack: string, of: (reference: pulumi.StackReference) => pulumi.Output<unknown>) =>
        inputsOf(() => ({ value: of(new pulumi.StackReference("shared", { name: stack })) }));
      const ways = [
        (reference: pulumi.StackReference) => reference.getOutput("keyArn"),
        (reference: pulumi.StackReference) => reference.requireOutput("keyArn"),
        (reference: pulumi.StackReference) => reference.outputs.apply((outputs) => outputs.keyArn as unknown),
      ];
      const expected = JSON.stringify({
        value: { $output: "urn:pulumi:lookup::lookup::pulumi:pulumi:StackReference::acme/shared/dev#keyArn" },
      });
      expect(await Promise.all(ways.map((way) => read("acme/shared/dev", way)))).toEqual(ways.map(() => expected));
      expect(await read("acme/shared-v2/dev", ways[0]!)).not.toBe(expected);
      expect(await read("acme/shared/dev", (reference) => reference.getOutput("bucket"))).not.toBe(expected);
    });
  });

  test("no secret reaches it, wherever it was put", async () => {
    const planted = "hunter2-planted";
    const result = await plan(
      () => {
        const secret = new pulumi.Config().requireSecret("password");
        new ecr.Repository("main", { tags: { password: secret, nested: pulumi.interpolate`prefix ${secret}` } });
        return { secret, deep: [{ secret }] };
      },
      { "shop:password": planted },
      ["shop:password"],
    );
    expect(JSON.stringify(result)).not.toContain(planted);
    expect(result.outputs).toEqual({ secret: redacted, deep: [{ secret: redacted }] });
  });

  describe("secrets that a run compares", () => {
    const tagsOf = async (value: (urn: pulumi.Output<string>) => pulumi.Input<string>, secretsKey?: string) => {
      const program = () => {
        const { arn } = new ecr.Repository("other");
        return void new ecr.Repository("main", { tags: { value: value(arn) } });
      };
      const { resources } = await embeddedPlan({ project: "shop", stack: "dev", config: {}, program, secretsKey });
      return (resources.at(-1)!.inputs.tags as { value: string }).value;
    };
    const [one, two] = ["one".repeat(20), "two".repeat(20)];

    test("read alike where they are, and no value can be guessed from what is read", async () => {
      const no = await tagsOf(() => pulumi.secret("no"), one);
      expect(no).toBe(await tagsOf(() => pulumi.secret("no"), one));
      expect(no).not.toBe(await tagsOf(() => pulumi.secret("yes"), one));
      expect(no).not.toBe(await tagsOf(() => pulumi.secret("no"), two));
      expect([isSecret(no), holdsSecret({ deep: [no] }, { marked: true }), withoutMarks({ deep: [no] })]).toEqual([
        true,
        true,
        { deep: [redacted] },
      ]);
      expect(await tagsOf(() => pulumi.secret("no"))).toBe(redacted);
    });

    test("say what they refer to, as any text does", async () => {
      const mark = await tagsOf((arn) => pulumi.secret(pulumi.interpolate`https://user:hunter2@${arn}`), one);
      expect(referencesIn(mark)).toEqual([{ urn: "urn:pulumi:dev::shop::aws:ecr/repository:Repository::other", attribute: "arn" }]);
      expect(mark).not.toContain("hunter2");
      expect(withoutMarks(mark)).toBe(redacted);
      expect(withoutMarks(`${mark.slice(0, 20)}…`)).toBe(redacted);
    });

    test("can't be compared with those of a plan that has no marks", async () => {
      const marked = { inputs: [await tagsOf(() => pulumi.secret("a"), one)] };
      const bare = { inputs: [redacted] };
      expect(comparableSecrets(marked, bare)).toEqual([bare, bare]);
      expect(comparableSecrets(bare, marked)).toEqual([bare, bare]);
      expect(comparableSecrets(marked, marked)).toEqual([marked, marked]);
    });
  });

  // In processes of their own: the SDK reports failures as unhandled rejections, which jest's copy of `process` does not hear.
  const run = (fixture: string) => {
    const command = ["--require", require.resolve("@fairlead/transpile/register"), join(__dirname, "fixtures", fixture)];
    const { stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
    if (stderr) throw new Error(stderr);
    return JSON.parse(stdout) as unknown;
  };
  let refusals: Record<string, string>;
  beforeAll(() => (refusals = run("failing.ts") as Record<string, string>));

  test.each([
    ["two resources of one URN, as the engine refuses them", "duplicate", /Duplicate resource URN '.*Repository::main'/],
    ["an error of the program, with its own stack", "broken", /broken on purpose[\s\S]*at brokenHelper/],
    ["an error in an apply, with its own stack", "brokenApply", /broken on purpose[\s\S]*at brokenHelper/],
    ["a promise that nothing fulfils", "unfulfilled", /The program of dev never ended: it waits for a promise that nothing fulfils\./],
    ["an input that never comes", "unfulfilledInput", /The program of dev never ended/],
    ["an error in a timer, with its own stack", "thrownLater", /broken on purpose[\s\S]*at (Timeout\.)?brokenHelper/],
    ["a provider function without an answer, with what to do", "unanswered", /no answer for aws:ecr\/getRepository.*invokes\.ts/],
    [
      "an argument of a component that the plan would have to guess about",
      "unknownArgument",
      /^main \[awsx:ec2:Vpc\]: FL2302 ipv6IpamPoolId is "ipam-1".*adopt it[^\n]*$/,
    ],
    ["the same one, though the SDK has others wait for it", "refusedBehindOthers", /^main \[awsx:ec2:Vpc\]: FL2302 [^\n]*$/],
  ])("ends with %s", (_, program, expected) => expect(refusals[program]).toMatch(expected));

  test("loads of the SDK what a plan needs", () => {
    const packages = run("loaded.ts") as string[];
    expect(packages).toContain("@pulumi/pulumi");
    const unneeded = [
      "@grpc/grpc-js",
      "@npmcli/arborist",
      "@opentelemetry/api",
      "execa",
      "js-yaml",
      "normalize-package-data",
      "semver",
      "typescript",
    ];
    expect(packages.filter((name) => unneeded.includes(name))).toEqual([]);
  });
});

test("the engine's marks are the SDK's", () => {
  const { specialSecretSig, specialSigKey, unknownValue: unknown } = pulumi.runtime;
  expect({ signatureKey, secretSignature, unknownValue }).toEqual({
    signatureKey: specialSigKey,
    secretSignature: specialSecretSig,
    unknownValue: unknown,
  });
});
