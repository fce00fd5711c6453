import { output, planOf, resource } from "@fairlead/changes/testing/plans";

import { severities, told, type Inputs } from "./judged";

const service = "aws:ecs/service:Service";
const group = "aws:autoscaling/group:Group";
const target = "aws:cloudwatch/eventTarget:EventTarget";
const definition = (name: string) => ({ taskDefinition: output("aws:ecs/taskDefinition:TaskDefinition", name, "arn") });
const template = (id: unknown, version?: unknown) => ({ launchTemplate: { id, version } });
const ofStack = (name: string) => output("aws:ec2/launchTemplate:LaunchTemplate", name, "id");

test.each<[string, string, Inputs, Inputs, string[]]>([
  ["another family", service, { taskDefinition: "raw:12" }, { taskDefinition: "web-mock:3" }, ["unknown"]],
  [
    "an older revision",
    service,
    { taskDefinition: "arn:aws:ecs:us-east-1:1:task-definition/raw:12" },
    { taskDefinition: "raw:7" },
    ["lessProtected"],
  ],
  ["a newer revision of others'", service, { taskDefinition: "raw:12" }, { taskDefinition: "raw:13" }, ["unknown"]],
  ["the stack's own", service, { taskDefinition: "raw:12" }, definition("raw"), ["unknown"]],
  ["another one of the stack's", service, definition("raw"), definition("web"), ["unknown"]],
  ["the same one", service, definition("raw"), definition("raw"), []],
  ["another template", group, template("lt-1", "7"), template("lt-2", "1"), ["unknown"]],
  ["another version of others' template", group, template("lt-1", "7"), template("lt-1", "6"), ["unknown"]],
  ["another version of the stack's template", group, template(ofStack("arm"), "$Latest"), template(ofStack("arm"), "$Default"), []],
  ["another role for a target", target, { roleArn: "arn:aws:iam::1:role/run" }, { roleArn: "arn:aws:iam::1:role/read" }, ["interruption"]],
  ["no more Data API", "aws:rds/cluster:Cluster", { enableHttpEndpoint: true }, { enableHttpEndpoint: false }, ["interruption"]],
])("%s", (_, type, before, after, expected) => expect(severities(type, before, after)).toEqual(expected));

describe("a tag that something of the stack chooses by", () => {
  const table = (tags: object) => resource("aws:dynamodb/table:Table", "ledger", { tags });
  const secret = (tags: object) => resource("aws:secretsmanager/secret:Secret", "key", { tags });
  const backup = resource("aws:backup/selection:Selection", "daily", {
    selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "daily" }],
  });
  const policy = (condition: object, Effect = "Allow") =>
    resource("aws:iam/rolePolicy:RolePolicy", "reader", {
      policy: { Version: "2012-10-17", Statement: [{ Effect, Action: "*", Resource: "*", Condition: condition }] },
    });
  test.each<[string, object, object, string[]]>([
    ["goes", { backup: "daily", team: "a" }, { team: "a" }, ["lessProtected: changes tag backup of DynamoDB table ledger"]],
    ["says something else", { backup: "daily" }, { backup: "weekly" }, ["lessProtected: changes tag backup of DynamoDB table ledger"]],
    ["comes", {}, { backup: "daily" }, []],
    ["is not that one", { backup: "daily", team: "a" }, { backup: "daily", team: "b" }, []],
  ])("for a backup %s", (_, before, after, expected) => {
    expect(told(planOf(table(before), backup), planOf(table(after), backup))).toEqual(expected);
  });
  const byTeam = policy({ StringEquals: { "secretsmanager:ResourceTag/Team": "shop" } });
  test.each<[string, ReturnType<typeof policy>, object, object, string[]]>([
    ["goes", byTeam, { team: "shop" }, {}, ["interruption: changes tag team of secret key"]],
    ["comes", byTeam, {}, { team: "shop" }, ["lessProtected: changes tag team of secret key"]],
    ["is written otherwise", byTeam, { team: "shop" }, { Team: "shop" }, ["unknown: changes tag team of secret key"]],
    ["is refused by", policy({ StringLike: { "aws:ResourceTag/team": "sh*" } }, "Deny"), { team: "shop" }, { team: "it" }, ["lessProtected: changes tag team of secret key"]], // prettier-ignore
    ["is of another service's", policy({ StringEquals: { "ec2:ResourceTag/team": "shop" } }), { team: "shop" }, {}, []],
    ["is any but one", policy({ StringNotEquals: { "aws:ResourceTag/team": "shop" } }), { team: "shop" }, { team: "it" }, ["lessProtected: changes tag team of secret key"]], // prettier-ignore
  ])("for a policy %s", (_, by, before, after, expected) => {
    expect(told(planOf(secret(before), by), planOf(secret(after), by))).toEqual(expected);
  });
});
