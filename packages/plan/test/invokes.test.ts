import { answerInvoke } from "../src/invokes";

const region = "eu-central-1";

test("public and private subnets that are looked up are not the same, and read as looked up", () => {
  const subnets = (value: string) => {
    const filters = [
      { name: "vpc-id", values: ["vpc-0a1b2c3d4e5f60718"] },
      { name: "map-public-ip-on-launch", values: [value] },
    ];
    return answerInvoke("aws:ec2/getSubnets:getSubnets", { filters }, region).ids;
  };
  expect(subnets("true")).toEqual(["subnet-looked-up-public-1", "subnet-looked-up-public-2"]);
  expect(subnets("false")).toEqual(["subnet-looked-up-private-1", "subnet-looked-up-private-2"]);
  expect(answerInvoke("aws:ec2/getSubnets:getSubnets", {}, region).ids).toEqual(["subnet-looked-up-1", "subnet-looked-up-2"]);
});

test.each([
  ["aws:kms/getKey:getKey", { keyId: "alias/shop" }, "arn", /:key\/looked-up$/],
  ["aws:secretsmanager/getSecret:getSecret", { name: "prod/db" }, "arn", /:secret:prod\/db-looked-up$/],
  [
    "aws:ec2/getManagedPrefixList:getManagedPrefixList",
    { name: "com.amazonaws.global.cloudfront.origin-facing" },
    "id",
    /^pl-looked-up-com\./,
  ],
  ["aws:ec2/getRouteTables:getRouteTables", {}, "ids", /^rtb-looked-up$/],
])("what %s answers reads as looked up", (token, args, attribute, expected) => {
  expect(String(answerInvoke(token, args, region)[attribute])).toMatch(expected);
});

test.each(["aws:ec2/getVpc:getVpc", "aws:index/getAvailabilityZones:getAvailabilityZones", "aws:index/getPartition:getPartition"])(
  "%s, which only AWS could answer, is refused instead of guessed",
  (token) => {
    expect(() => answerInvoke(token, { id: "vpc-0a1b2c3d4e5f60718" }, region)).toThrow(`no answer for ${token}`);
  },
);
