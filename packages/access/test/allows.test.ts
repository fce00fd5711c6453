import { allows } from "../testing/allows";

const statement = (Effect: string, rest: object) => ({ Statement: [{ Effect, ...rest }] });
const everything = statement("Allow", { Action: "*", Resource: "*" });

test("what no statement allows is refused", () => {
  expect(allows([], "s3:GetObject")).toBe(false);
  expect(allows(statement("Allow", { Action: "s3:ListBucket", Resource: "*" }), "s3:GetObject")).toBe(false);
});

test("names of actions have no case, and patterns of * and ?", () => {
  const reads = statement("Allow", { Action: ["ec2:describe*", "s3:?etObject"], Resource: "*" });
  expect(allows(reads, "ec2:DescribeVpcs")).toBe(true);
  expect(allows(reads, "s3:GetObject")).toBe(true);
  expect(allows(reads, "s3:GetObjectAcl")).toBe(false);
  expect(allows(JSON.stringify(reads), "s3:PutObject")).toBe(false);
});

test("all but what is named: NotAction, NotResource", () => {
  const power = statement("Allow", { NotAction: ["iam:*"], Resource: "*" });
  expect([allows(power, "ecs:RunTask"), allows(power, "iam:CreateRole")]).toEqual([true, false]);
  const elsewhere = statement("Deny", { Action: "iam:*", NotResource: "arn:aws:iam::1:role/mine/*" });
  expect(allows([everything, elsewhere], "iam:CreateRole", "arn:aws:iam::1:role/mine/a/b")).toBe(true);
  expect(allows([everything, elsewhere], "iam:CreateRole", "arn:aws:iam::1:role/yours")).toBe(false);
});

test("a denial wins over what allows; of some resource only for that one", () => {
  expect(allows([everything, statement("Deny", { Action: "iam:*", Resource: "*" })], "iam:GetRole")).toBe(false);
  const some = [everything, statement("Deny", { Action: "s3:*", Resource: "arn:aws:s3:::state/prod.*" })];
  expect(allows(some, "s3:GetObject")).toBe(true);
  expect(allows(some, "s3:GetObject", "arn:aws:s3:::state/prod.json")).toBe(false);
  expect(allows(some, "s3:GetObject", "arn:aws:s3:::state/production.json")).toBe(true);
});

test("a condition counts as met where it allows, as not met where it denies", () => {
  const Condition = { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } };
  const pass = statement("Allow", { Action: "iam:PassRole", Resource: "*", Condition });
  expect(allows(pass, "iam:PassRole")).toBe(true);
  expect(allows([pass, statement("Deny", { Action: "iam:*", Resource: "*", Condition })], "iam:PassRole")).toBe(true);
});

test("with a request a condition is judged: each key, and one of its values", () => {
  const Condition = {
    StringEquals: { "aws:ResourceTag/stack": ["dev", "staging"] },
    ArnLike: { "ecs:cluster": "arn:aws:ecs:*:1:cluster/dev" },
  };
  const run = statement("Allow", { Action: "ecs:RunTask", Resource: "*", Condition });
  const may = (context: Record<string, string>) => allows(run, "ecs:RunTask", "arn", context);
  const cluster = "arn:aws:ecs:eu-west-1:1:cluster/dev";
  expect(may({ "aws:ResourceTag/stack": "staging", "ecs:cluster": cluster })).toBe(true);
  expect(may({ "aws:ResourceTag/stack": "prod", "ecs:cluster": cluster })).toBe(false);
  expect(may({ "aws:ResourceTag/stack": "dev", "ecs:cluster": `${cluster}-eu` })).toBe(false);
  expect(may({ "ecs:cluster": cluster })).toBe(false);
  const denied = [everything, statement("Deny", { Action: "ecs:*", Resource: "*", Condition })];
  expect(allows(denied, "ecs:RunTask", "arn", { "aws:ResourceTag/stack": "dev", "ecs:cluster": cluster })).toBe(false);
  expect(allows(denied, "ecs:RunTask", "arn", {})).toBe(true);
  expect(() =>
    allows(statement("Allow", { Action: "*", Resource: "*", Condition: { IpAddress: { x: "1" } } }), "a:B", "arn", { x: "1" }),
  ).toThrow("does not know the condition IpAddress");
});
