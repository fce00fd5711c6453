import { answerInvoke } from "../src/invokes";
import { placeOf } from "../src/project/place";

const place = placeOf({ "aws:region": "eu-central-1" });

test("public and private subnets that are looked up are not the same, and read as looked up", () => {
  const subnets = (value: string) => {
    const filters = [
      { name: "vpc-id", values: ["vpc-0a1b2c3d4e5f60718"] },
      { name: "map-public-ip-on-launch", values: [value] },
    ];
    return answerInvoke("aws:ec2/getSubnets:getSubnets", { filters }, place).ids;
  };
  const told = (what: string) =>
    [0, 1].map((index) => `\${urn:pulumi:lookup::lookup::aws:ec2/getSubnets:getSubnets::looked up in ${what}#subnetId[${index}]}`);
  expect(subnets("true")).toEqual(told("vpc-0a1b2c3d4e5f60718: public"));
  expect(subnets("false")).toEqual(told("vpc-0a1b2c3d4e5f60718: private"));
  expect(answerInvoke("aws:ec2/getSubnets:getSubnets", {}, place).ids).toEqual(told("the account"));
});

test.each([
  ["aws:kms/getKey:getKey", { keyId: "alias/shop" }, "arn", /:key\/looked-up-alias\/shop$/],
  ["aws:secretsmanager/getSecret:getSecret", { name: "prod/db" }, "arn", /:secret:prod\/db-looked-up$/],
  [
    "aws:ec2/getManagedPrefixList:getManagedPrefixList",
    { name: "com.amazonaws.global.cloudfront.origin-facing" },
    "id",
    /^pl-looked-up-com\./,
  ],
  ["aws:ec2/getRouteTables:getRouteTables", {}, "ids", /^rtb-looked-up$/],
])("what %s answers reads as looked up", (token, args, attribute, expected) => {
  expect(String(answerInvoke(token, args, place)[attribute])).toMatch(expected);
});

test.each([
  ["aws:kms/getKey:getKey", { keyId: "alias/shop" }, { keyId: "alias/other" }],
  ["aws:kms/getKey:getKey", { keyId: "alias/shop" }, { keyId: "alias/shop", grantTokens: ["one"] }],
  ["aws:ec2/getRouteTables:getRouteTables", { vpcId: "vpc-1" }, { vpcId: "vpc-2" }],
  ["aws:ec2/getRouteTables:getRouteTables", { vpcId: "vpc-1" }, { vpcId: "vpc-1", tags: { tier: "private" } }],
  ["aws:ec2/getSubnets:getSubnets", { filters: [] }, { filters: [{ name: "availability-zone", values: ["eu-central-1a"] }] }],
  ["aws:ec2/getSubnets:getSubnets", {}, { tags: { tier: "private" } }],
  ["aws:secretsmanager/getSecret:getSecret", { arn: "arn:one" }, { arn: "arn:two" }],
  ["aws:ec2/getManagedPrefixList:getManagedPrefixList", { filters: [{ name: "a", values: [] }] }, { filters: [{ name: "b", values: [] }] }],
])("%s by other arguments finds something else", (token, args, others) => {
  expect(answerInvoke(token, args, place)).not.toEqual(answerInvoke(token, others, place));
  expect(answerInvoke(token, { ...args }, place)).toEqual(answerInvoke(token, args, place));
});

test.each(["aws:ec2/getVpc:getVpc", "aws:index/getAvailabilityZones:getAvailabilityZones", "aws:index/getPartition:getPartition"])(
  "%s, which only AWS could answer, is refused instead of guessed",
  (token) => {
    expect(() => answerInvoke(token, { id: "vpc-0a1b2c3d4e5f60718" }, place)).toThrow(`no answer for ${token}`);
  },
);

test("a plan is in the account that the stack's configuration names first, or in the one of AWS's documentation", () => {
  const accountIn = (config: Record<string, string>) =>
    answerInvoke("aws:index/getCallerIdentity:getCallerIdentity", {}, placeOf(config)).accountId;
  expect(accountIn({})).toBe("123456789012");
  expect(accountIn({ "aws:allowedAccountIds": '["012345678901","210987654321"]' })).toBe("012345678901");
  for (const wrong of ["12", '"a"', "[", "1234567890123"]) expect(accountIn({ "aws:allowedAccountIds": wrong })).toBe("123456789012");
});
