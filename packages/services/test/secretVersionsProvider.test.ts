import { provider, type SecretVersionsProperties } from "../src/task/secretVersionsProvider";
import { ScriptedAws, type Answers } from "./scriptedAws";

const session = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/session-AbCdEf";
const flags = "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/flags";
const planted = "planted-value-of-the-secret";

const told: [severity: string, message: string][] = [];
jest.mock("@fairlead/foundation/engineLog", () => ({
  engineLog: (urn: string) =>
    Object.fromEntries(
      ["status", "info", "warn"].map((severity) => [
        severity,
        (message: string) => {
          expect(urn).toBe("urn:api");
          told.push([severity, message]);
          return Promise.resolve();
        },
      ]),
    ),
}));

interface Described {
  ARN: string;
  VersionIdsToStages?: Record<string, string[]>;
  DeletedDate?: number;
  [hidden: string]: unknown;
}
let secret: Described;
let parameters: { Name: string; Version: number }[];

/** AWS's answers, by operation. Those that have a value have more than AWS tells, so that a test sees what would be kept. */
const answers: Answers = {
  DescribeSecret: () => ({ ...secret, SecretString: planted, Description: planted, Tags: [{ Key: "note", Value: planted }] }),
  // An empty page comes before what was asked for.
  DescribeParameters: ({
    NextToken,
    ParameterFilters: [{ Values }] = [{ Values: [] }],
  }: {
    NextToken?: string;
    ParameterFilters?: [{ Values: string[] }];
  }) =>
    NextToken === undefined
      ? { Parameters: [], NextToken: "more" }
      : { Parameters: parameters.filter(({ Name }) => Values.includes(Name)).map((each) => ({ ...each, Value: planted })) },
};

const aws = new ScriptedAws(answers);
const { DescribeSecret } = answers;
beforeAll(() => aws.lead(provider));
afterAll(() => aws.close());
beforeEach(() => {
  secret = { ARN: session, VersionIdsToStages: { "version-1": ["AWSCURRENT"], "version-0": ["AWSPREVIOUS"] } };
  parameters = [{ Name: "/shop/flags", Version: 3 }];
  answers.DescribeSecret = DescribeSecret!;
  aws.refused = [];
  aws.calls.length = 0;
  told.length = 0;
});

const asked: SecretVersionsProperties = {
  service: "api",
  secrets: [
    { arn: session, store: "secretsManager" },
    { arn: flags, store: "ssm" },
  ],
  resourceUrn: "urn:api",
};
const made = async (properties = asked) => (await provider.create(properties)).outs as Required<SecretVersionsProperties>;
const diff = (olds: SecretVersionsProperties, news = asked) => provider.diff!("api", olds, news);
const rotate = () => (secret.VersionIdsToStages = { "version-2": ["AWSCURRENT"], "version-1": ["AWSPREVIOUS"] });
const failing = (__type: string, message: string) => (answers.DescribeSecret = () => ({ __type, message }));

test("keeps the versions and a digest of them, and no value", async () => {
  const { digest, ...outs } = await made();
  expect(outs).toEqual({ ...asked, versions: { [session]: "version-1", [flags]: "3" } });
  expect(digest).toMatch(/^[0-9a-f]{16}$/);
  expect(JSON.stringify({ digest, outs, told })).not.toContain(planted);
  expect(new Set(aws.calls)).toEqual(new Set(["DescribeSecret", "DescribeParameters"]));
});

test("the same versions are no change", async () => {
  const outs = await made();
  // What is about to be rotated is not current.
  secret.VersionIdsToStages = { "version-2": ["AWSPENDING"], ...secret.VersionIdsToStages };
  expect(await diff(outs)).toEqual({ changes: false });
  expect(told).toEqual([]);
});

test.each([
  ["secret", rotate, "secret shop/session-AbCdEf"],
  ["parameter", () => (parameters = [{ Name: "/shop/flags", Version: 4 }]), "parameter /shop/flags"],
])("another version of a %s is a change, is told, and makes another digest", async (_kind, change, name) => {
  const outs = await made();
  change();
  expect(await diff(outs)).toEqual({ changes: true });
  expect(told).toEqual([["info", `${name} has another version: up deploys api with it`]]);
  const after = (await provider.update!("api", outs, asked)).outs as SecretVersionsProperties;
  expect(after.digest).not.toBe(outs.digest);
  expect(await diff(after)).toEqual({ changes: false });
});

test("a parameter of one level is found with and without its slash", async () => {
  const secrets: SecretVersionsProperties["secrets"] = [{ arn: "arn:aws:ssm:eu-west-1:123456789012:parameter/flags", store: "ssm" }];
  for (const Name of ["flags", "/flags"]) {
    parameters = [{ Name, Version: 7 }];
    expect((await made({ ...asked, secrets })).versions).toEqual({ [secrets[0]!.arn]: "7" });
  }
});

test("another set of secrets is a change, one that is known after apply alone as well, and AWS need not be asked", async () => {
  const outs = await made();
  aws.calls.length = 0;
  expect(await diff(outs, { ...asked, secrets: asked.secrets.slice(1) })).toEqual({ changes: true });
  expect(await diff(outs, { ...asked, secrets: "unknown" as never })).toEqual({ changes: true });
  expect(aws.calls).toEqual([]);
});

test.each([
  ["the permission for secrets is missing", "DescribeSecret", "secret shop/session-AbCdEf", /secretsmanager:DescribeSecret is not allowed/],
  ["the permission for parameters is missing", "DescribeParameters", "parameter /shop/flags", /ssm:DescribeParameters is not allowed/],
])("where %s, nothing changes, and a warning names it; at the beginning it fails", async (_title, operation, name, problem) => {
  const outs = await made();
  aws.refused = [operation];
  expect(await diff(outs)).toEqual({ changes: false });
  expect(told).toEqual([["warn", expect.stringMatching(new RegExp(`^FL2503 .*${name}`)) as string]]);
  expect(told[0]![1]).toMatch(problem);
  expect(told[0]![1]).toContain("api stays with the version that it was deployed with");
  await expect(made()).rejects.toThrow(/^FL2503 [^]*is not allowed/);
});

test("what else changed is deployed all the same, and what could not be asked keeps its version", async () => {
  const outs = await made();
  rotate();
  aws.refused = ["DescribeParameters"];
  expect(await diff(outs)).toEqual({ changes: true });
  expect((await provider.update!("api", outs, asked)).outs).toMatchObject({ versions: { [session]: "version-2", [flags]: "3" } });
});

test("another secret whose version can't be asked fails, before anything is deployed with it", async () => {
  const outs = await made({ ...asked, secrets: asked.secrets.slice(0, 1) });
  aws.refused = ["DescribeParameters"];
  await expect(provider.update!("api", outs, asked)).rejects.toThrow(/^FL2503 .*parameter \/shop\/flags/);
});

test.each([
  ["a secret that is gone", () => failing("ResourceNotFoundException", "Secrets Manager can't find it."), /there is none in eu-west-1/],
  ["a secret without a value", () => (secret = { ARN: session }), /it has no current version/],
  ["a secret that is to be deleted", () => (secret.DeletedDate = 1), /it is marked for deletion/],
  ["a parameter that is gone", () => (parameters = []), /there is none in eu-west-1/],
  ["an answer that steers a terminal", () => failing("InternalFailure", "a\u001b[2Jb"), /InternalFailure: a\\x1b\[2Jb/],
])("%s deploys nothing, and is told", async (_title, change, problem) => {
  const outs = await made();
  change();
  expect(await diff(outs)).toEqual({ changes: false });
  expect(told).toEqual([["warn", expect.stringMatching(problem) as string]]);
});
