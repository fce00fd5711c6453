import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";

import { provider, setRetention } from "../src/logRetentionProvider";
import { bind, inputsOf } from "./bound";

const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/1";
const properties = {
  sourceArn: "arn:aws:rds:us-east-1:123456789012:cluster:accounts-1",
  logGroupName: "/aws/rds/cluster/accounts-1/postgresql",
  retentionInDays: 30,
};

/** What CloudWatch is asked, which has the group already, or hasn't, or refuses. */
async function asked(args: object, refusal?: string, before?: object) {
  const calls: [name: string, input: object][] = [];
  const send = (command: { constructor: { name: string }; input: object }) => {
    calls.push([command.constructor.name, command.input]);
    const refuses = refusal && command.constructor.name === "CreateLogGroupCommand";
    return refuses ? Promise.reject(Object.assign(new Error(refusal), { name: refusal })) : Promise.resolve({});
  };
  await setRetention({ ...properties, ...args }, { send } as unknown as CloudWatchLogsClient, before && { ...properties, ...before });
  return calls;
}

test("the log group that RDS makes for a database is kept as the environment keeps its logs", async () => {
  const retention = async (settings = {}) =>
    inputsOf((await bind("postgres", "read", settings)).plan, "pulumi-nodejs:dynamic/fairlead:LogRetention");
  const [byDefault, ...others] = await retention();
  expect(others).toEqual([]);
  expect(byDefault).toMatchObject({ retentionInDays: 30 });
  expect(byDefault!.logGroupName).toMatch(/^\/aws\/rds\/cluster\/\$\{urn:.*Cluster::postgres#clusterIdentifier\}\/postgresql$/);
  expect(byDefault!.__provider).toContain('require("@fairlead/data/logRetentionProvider").provider');
  expect(await retention({ logs: { retentionInDays: 365, kmsKeyArn } })).toMatchObject([{ retentionInDays: 365, kmsKeyArn }]);
});

test.each([undefined, "ResourceAlreadyExistsException"])("a group is given its days, also one that is there: %s", async (refusal) => {
  const { logGroupName } = properties;
  expect(await asked({}, refusal)).toEqual([
    ["CreateLogGroupCommand", { logGroupName }],
    ["PutRetentionPolicyCommand", { logGroupName, retentionInDays: 30 }],
  ]);
  expect((await asked({ kmsKeyArn }, refusal)).at(-1)).toEqual(["AssociateKmsKeyCommand", { logGroupName, kmsKeyId: kmsKeyArn }]);
  expect((await asked({}, refusal, { kmsKeyArn })).at(-1)).toEqual(["DisassociateKmsKeyCommand", { logGroupName }]);
});

test("another refusal ends it", async () => {
  await expect(asked({}, "AccessDeniedException")).rejects.toThrow("AccessDeniedException");
});

test("other days, another key and another group are changes, another source is none, and nothing is deleted", async () => {
  const changes = async (news: object) => (await provider.diff!("id", properties, { ...properties, ...news })).changes;
  expect(await changes({ sourceArn: `${properties.sourceArn}-2` })).toBe(false);
  // It acts as the stack's provider does.
  expect(provider.configure).toBeDefined();
  for (const news of [{ retentionInDays: 7 }, { kmsKeyArn }, { logGroupName: "/other" }]) expect(await changes(news)).toBe(true);
  expect(provider.delete).toBeUndefined();
});
