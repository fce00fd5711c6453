import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import * as pulumi from "@pulumi/pulumi";

import { compositionFile, planOf, ProjectFolder, refusalOf, service } from "./harness";

jest.mock("@pulumi/aws/getCallerIdentity", () => ({
  ...jest.requireActual("@pulumi/aws/getCallerIdentity"),
  getCallerIdentity: jest.fn(),
}));
const identity = jest.mocked(getCallerIdentity);

const project = new ProjectFolder({
  "stacks/dev.ts": compositionFile,
  "stacks/Pulumi.dev.yaml": 'config:\n  aws:region: eu-central-1\n  aws:allowedAccountIds: ["111122223333"]\n',
  ...service("api", "containerPort: 3000"),
});
afterAll(() => project.remove());
afterEach(() => jest.restoreAllMocks());

const own = { "aws:allowedAccountIds": '["111122223333"]' };
const credentialsOf = (accountId: string) =>
  identity.mockResolvedValue({ accountId, arn: `arn:aws:iam::${accountId}:user/me`, id: accountId, userId: "me" });

test("a stack of another account stops before its first resource, with both accounts, whose credentials they are, and where it says so", async () => {
  credentialsOf("444455556666");
  const told = await refusalOf(planOf(project, own));
  expect(told).toMatch(/^dev is of another account\.\n/);
  expect(told).toMatch(
    /^stacks\/Pulumi\.dev\.yaml:3:26 {2}FL2410 {2}dev is of account 111122223333, and these credentials are of 444455556666 \(arn:aws:iam::444455556666:user\/me\)/m,
  );
  expect(told).toContain("aws:assumeRoles");
});

test("so it does where the provider has refused the account before", async () => {
  identity.mockRejectedValue(new Error("configuring Terraform AWS Provider: AWS account ID not allowed: 444455556666"));
  expect(await refusalOf(planOf(project, own))).toContain(
    "FL2410  dev is of account 111122223333, and these credentials are of 444455556666",
  );
  identity.mockRejectedValue(new Error("no EC2 IMDS role found"));
  expect(await refusalOf(planOf(project, own))).toBe("no EC2 IMDS role found");
});

test("the engine is told the region and the account, and that any other would do where none is named", async () => {
  const said: string[] = [];
  jest.spyOn(pulumi.log, "info").mockImplementation((text) => Promise.resolve(void said.push(text)));
  const engine = jest.spyOn(pulumi.runtime, "hasEngine").mockReturnValue(true);
  credentialsOf("111122223333");
  await planOf(project, own);
  await planOf(project);
  engine.mockReturnValue(false);
  await planOf(project, own);
  expect(said).toEqual([
    "dev is in eu-central-1, account 111122223333.",
    "dev is in eu-central-1, account 111122223333 (aws:allowedAccountIds names none, so that any other would do).",
  ]);
});

test.each(["123456789012", "[123456789012]", '["12345"]', "mine"])(
  "aws:allowedAccountIds: %s is no list of ids in quotes",
  async (text) => {
    credentialsOf("111122223333");
    expect(await refusalOf(planOf(project, { "aws:allowedAccountIds": text }))).toMatch(
      /FL2407 [^]*aws:allowedAccountIds is [^]*expected: a list of account ids of 12 digits, in quotes/,
    );
  },
);

test.each([
  ["[123456789012]", "'[\"123456789012\"]'"],
  ["123456789012", "'[\"123456789012\"]'"],
  ["mine", "'[\"<account>\"]'"],
])("the fix of aws:allowedAccountIds: %s is a command that works", async (text, value) => {
  expect(await refusalOf(planOf(project, { "aws:allowedAccountIds": text }))).toContain(
    `fix: pulumi config set aws:allowedAccountIds ${value} -s dev`,
  );
});
