import { environmentWorkspace } from "../testing/environments";

const { workspace, generate, log } = environmentWorkspace();

test("a new environment has its account, in the place of the other's or beside its region, and without what lies in the other's", () => {
  generate({ name: "pre-live", account: "012345678901" });
  expect(workspace.read("stacks/Pulumi.pre-live.yaml")).toMatch(
    /^config:\n {2}aws:region: eu-west-1\n {2}aws:allowedAccountIds: \["012345678901"\]\n {2}# That of rehearsal is of another account\. One of 012345678901: pulumi config set certificateArn <arn> -s pre-live\n {2}fixture:alarmEmails:/,
  );
  expect(log.said).toMatch(/pulumi stack init pre-live +with the credentials of account 012345678901/);
  generate({ name: "canary", from: "pre-live", account: "210987654321" });
  expect(workspace.read("stacks/Pulumi.canary.yaml")).toContain('  aws:allowedAccountIds: ["210987654321"]\n');
  generate({ name: "shadow", from: "canary" });
  expect(workspace.read("stacks/Pulumi.shadow.yaml")).toContain('  aws:allowedAccountIds: ["210987654321"]\n');
});
