import { readFileSync } from "node:fs";
import { join } from "node:path";
import { typeSheets } from "@fairlead/model/awsTypes";

import { exportTerraformImport, fromState } from "../src";
import { terraformTypes } from "../src/terraform/terraformTypes";
import { withoutImport } from "../src/terraform/withoutImport";
import { plantedSecret, shopResources, stateText, stored } from "../testing/shopState";

const root = join(__dirname, "../../..");
const exported = (resources = shopResources) => exportTerraformImport(fromState(stateText(resources), "state.json"));
const resource = (type: string, outputs: Record<string, unknown>, id = "id-1", inputs = {}) => stored(type, "all", { id, inputs, outputs });
const idOf = (...args: Parameters<typeof resource>) => exported([resource(...args)]).blocks[0]?.id;

test("each resource that is deployed has a block, once, under a name of its own", () => {
  const { blocks, leftOut, files } = exported();
  expect(blocks.map(({ to, id }) => [to, id])).toEqual([
    ["aws_ecs_cluster.live", "live"],
    ["aws_ecs_task_definition.cart", "arn:aws:ecs:eu-west-1:111122223333:task-definition/live-cart:7"],
    ["aws_ecs_service.cart", "live/cart"],
    ["aws_rds_cluster.orders", "orders-1a2b"],
  ]);
  expect(leftOut).toEqual([]);
  expect(files.get("imports.tf")).toContain('import {\n  to = aws_ecs_service.cart\n  id = "live/cart"\n}\n');
  expect(files.get("versions.tf")).toContain('region = "eu-west-1"');
});

test("nothing of a secret is written", () => {
  const ofParameter = stored("aws:ssm/parameter:Parameter", "key", {
    id: "/key",
    outputs: { name: shopResources.at(-1)!.inputs.masterPassword },
  });
  const { files, leftOut } = exported([...shopResources, ofParameter]);
  expect([...files.values()].join("")).not.toContain(plantedSecret);
  expect(leftOut.map(({ name, why }) => [name, why])).toEqual([["key", expect.stringContaining("lacks what the id") as string]]);
});

test.each([
  [
    "aws:ec2/route:Route",
    { routeTableId: "rtb-1", destinationCidrBlock: "10.0.0.0/16", destinationIpv6CidrBlock: "" },
    "rtb-1_10.0.0.0/16",
  ],
  ["aws:ec2/route:Route", { routeTableId: "rtb-1", destinationPrefixListId: "pl-1" }, "rtb-1_pl-1"],
  ["aws:ec2/routeTableAssociation:RouteTableAssociation", { subnetId: "subnet-1", routeTableId: "rtb-1" }, "subnet-1/rtb-1"],
  ["aws:route53/record:Record", { zoneId: "Z1", name: "shop.example.com", type: "A" }, "Z1_shop.example.com_A"],
  ["aws:route53/record:Record", { zoneId: "Z1", name: "a", type: "A", setIdentifier: "blue" }, "Z1_a_A_blue"],
  ["aws:iam/rolePolicy:RolePolicy", { role: "cart", name: "own" }, "cart:own"],
  [
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    { role: "r", policyArn: "arn:aws:iam::aws:policy/P" },
    "r/arn:aws:iam::aws:policy/P",
  ],
  ["aws:cloudwatch/eventTarget:EventTarget", { rule: "r", targetId: "t" }, "r/t"],
  ["aws:cloudwatch/eventTarget:EventTarget", { rule: "r", targetId: "t", eventBusName: "b" }, "b/r/t"],
  ["aws:scheduler/schedule:Schedule", { name: "nightly" }, "default/nightly"],
  ["aws:lb/targetGroupAttachment:TargetGroupAttachment", { targetGroupArn: "arn:aws:tg", targetId: "i-1", port: 80 }, "arn:aws:tg,i-1,80"],
  ["aws:alb/listener:Listener", { arn: "arn:aws:elasticloadbalancing:x" }, "arn:aws:elasticloadbalancing:x"],
])("%s is imported by %j as %s", (type, outputs, id) => {
  expect(idOf(type, outputs)).toBe(id);
});

test("another region than that of most stands behind the id", () => {
  const inRegion = (name: string, region: string) => stored("aws:ec2/vpc:Vpc", name, { id: `vpc-${name}`, outputs: { region } });
  const { blocks } = exported([inRegion("a", "us-east-1"), inRegion("b", "eu-west-1"), inRegion("c", "eu-west-1")]);
  expect(blocks.map(({ id }) => id)).toEqual(["vpc-a@us-east-1", "vpc-b", "vpc-c"]);
});

test("names are such as Terraform takes, and no two are one", () => {
  const named = (name: string) => stored("aws:ec2/vpc:Vpc", name, { id: "vpc-1" });
  expect(exported(["1 a", "a::b", "a b", "a-b", "ü"].map(named)).blocks.map(({ to }) => to)).toEqual(
    ["_1-a", "a-b", "a-b-2", "a-b-3", "_"].map((label) => `aws_vpc.${label}`),
  );
});

test("an id is a text of Terraform's language, and a name no end of a comment", () => {
  const quotes = stored("aws:ec2/vpc:Vpc", "q", { id: 'a"\\${b}%{c}\n' });
  const breaks = stored("aws:new/thing:Thing", "x\nimport {", { id: "1" });
  const text = exported([quotes, breaks]).files.get("imports.tf");
  expect(text).toContain('id = "a\\"\\\\$${b}%%{c}\\n"');
  expect(text).toContain("# aws:new/thing:Thing x import {\n");
});

test("what Terraform can't take over is told, with what to do", () => {
  const { leftOut, files } = exported([
    stored("aws:acm/certificateValidation:CertificateValidation", "site", { id: "x" }),
    stored("aws:new/thing:Thing", "thing", { id: "x" }),
    stored("pulumi-nodejs:dynamic/fairlead:Rollout", "cart", { id: "x" }),
    stored("aws:ec2/vpc:Vpc", "theirs", { id: "vpc-1", external: true }),
    stored("aws:ec2/route:Route", "route", { id: "r" }),
  ]);
  expect(leftOut.map(({ why }) => why)).toEqual(
    ["has no import", "Nobody wrote down", "A step of `pulumi up`", "only looked up", "The state lacks"].map(
      (part) => expect.stringContaining(part) as string,
    ),
  );
  for (const { name, why } of leftOut) expect(files.get("imports.tf")).toMatch(new RegExp(`# .* ${name}\n#   ${why.slice(0, 20)}`));
});

test("every type that the components make is in one of the two tables", () => {
  const types = [...typeSheets.keys()].filter((type) => type.startsWith("aws:"));
  expect(types.filter((type) => type in terraformTypes === type in withoutImport)).toEqual([]);
});

test("names are those by which the sandbox runs Terraform's provider", () => {
  const { resources } = JSON.parse(readFileSync(join(root, "tools/sandbox/src/aws/names.json"), "utf8")) as {
    resources: Record<string, string>;
  };
  const known = Object.entries(terraformTypes).filter(([type]) => type in resources);
  expect(known.length).toBeGreaterThan(70);
  expect(known.map(([type, { name }]) => [type, name])).toEqual(known.map(([type]) => [type, resources[type]]));
});

/** The "Import" section of a type, which Pulumi's SDK takes over from Terraform's documentation: its sentence, and its example ids. */
function documented(type: string): { made: string; ids: string[] } {
  const text = readFileSync(join(root, "node_modules/@pulumi/aws", `${type.split(":")[1]}.d.ts`), "utf8");
  const [, section = ""] = /## Import\n([^]*?)\*\//.exec(text) ?? [];
  const ids = [...section.matchAll(/\$ pulumi import \S+ \S+ (.+)$/gm)].map(([, id]) => id!.trim());
  const made = /Using `pulumi import`, import .*? using (.*)$/m.exec(section)?.[1];
  // Some have examples alone, with names as parts: `bucket-name`.
  return { made: made ?? ids.join(" "), ids };
}
const documentedIds = (type: string) => documented(type).ids;

/** `a/b`, `arn`, `url`, `a_b`: what an id is made of, without its values. */
const shape = (id: string) =>
  id
    .replace(/arn:aws[^\s,/]*(?:\/[^\s,]*)?/g, "arn")
    .replace(/^https:.*/, "url")
    .replace(/[^/:,]+/g, "x");

const everyOutput = {
  ...{
    arn: "arn:aws:x:y",
    certificateArn: "arn:aws:x:y",
    listenerArn: "arn:aws:x:y",
    policyArn: "arn:aws:iam::aws:policy/P",
    webAclArn: "arn:aws:x:y",
  },
  ...{
    resourceArn: "arn:aws:x:y",
    url: "https://sqs",
    queueUrl: "https://sqs",
    cluster: "arn:aws:ecs:r:a:cluster/live",
    serviceNamespace: "n",
  },
  ...{
    resourceId: "n",
    scalableDimension: "n",
    bucket: "n",
    vpcId: "vpc-1",
    clusterName: "n",
    clusterIdentifier: "n",
    dashboardName: "n",
    eventBusName: "default",
  },
  ...{
    ecrRepositoryPrefix: "n",
    prefix: "n",
    repository: "n",
    repositoryName: "n",
    replicationGroupId: "n",
    identifier: "n",
    fileSystemId: "n",
  },
  ...{
    role: "n",
    rule: "n",
    targetId: "n",
    targetGroupArn: "arn:aws:x:y",
    port: 80,
    groupName: "n",
    vpc: "n",
    scope: "n",
    routeTableId: "n",
    subnetId: "n",
    zoneId: "n",
    type: "A",
  },
  destinationCidrBlock: "10.0.0.0/16",
};

/** Words of names and sentences: `clusterIdentifier` is cluster and identifier, "their ARNs" is their and arn. */
const wordsOf = (text: string) =>
  text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => (word === "arns" ? "arn" : word));

/** Those whose section says it otherwise: the id of the first is its name, and the others have examples above. */
const saidOtherwise = [
  ...["aws:cloudwatch/metricAlarm:MetricAlarm", "aws:cloudwatch/compositeAlarm:CompositeAlarm", "aws:s3/bucket:Bucket"],
  ...["aws:ec2/route:Route", "aws:ec2/routeTableAssociation:RouteTableAssociation", "aws:route53/record:Record"],
  "aws:lb/targetGroupAttachment:TargetGroupAttachment",
];

test.each(Object.keys(terraformTypes).filter((type) => documented(type).made !== "" && !saidOtherwise.includes(type)))(
  "%s: the id is made of the attributes that the documentation names, in its order",
  (type) => {
    const marked = Object.fromEntries([...Object.keys(everyOutput), "name"].map((key) => [key, `{${key}}`]));
    const attributes = [...idOf(type, marked, "{id}")!.matchAll(/\{(\w+)\}/g)].map(([, key]) => wordsOf(key!).at(-1)!);
    expect(attributes.length).toBeGreaterThan(0);
    const { made } = documented(type);
    let words = wordsOf(made);
    const missing = attributes.filter((attribute) => {
      const at = words.indexOf(attribute);
      words = words.slice(at + 1);
      return at < 0;
    });
    expect({ made, missing }).toEqual({ made, missing: [] });
  },
);

test.each(Object.keys(terraformTypes).filter((type) => documentedIds(type).length > 0))(
  "%s: the id has the documented separators",
  (type) => {
    const name = { "aws:kms/alias:Alias": "alias/n", "aws:ssm/parameter:Parameter": "/n/n" }[type] ?? "n";
    const shapes = documentedIds(type).map(shape);
    expect(shapes).toContain(shape(idOf(type, { ...everyOutput, name }, type.includes("metricAlarm") ? "n" : "id-1")!));
  },
);

test("what is said to have no import has none in the documentation either", () => {
  const superseded = ["aws:ec2/securityGroupRule:SecurityGroupRule", "aws:secretsmanager/secretVersion:SecretVersion"];
  const types = Object.keys(withoutImport).filter((type) => type.startsWith("aws:") && !superseded.includes(type));
  expect(types.filter((type) => documentedIds(type).length > 0)).toEqual([]);
});
