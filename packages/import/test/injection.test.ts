import { parse } from "yaml";

import { filesOf } from "../src";
import { imported } from "./application";

const base = {
  "api/Dockerfile": "FROM scratch\nUSER app\n",
  "copilot/api/manifest.yml": "name: api\ntype: Backend Service\nimage: { build: api/Dockerfile, port: 8080 }\n",
  "copilot/environments/test/manifest.yml": "name: test\ntype: Environment\n",
};
const code = "require('fs').writeFileSync('written','x')";

/** What stands in a text of TypeScript outside of its texts and comments. */
const bare = (text: string) => text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");

test("a name that Copilot would not have taken stops the import", () => {
  const { problems } = imported({ ...base, "copilot/.workspace": `application: "shop */ ${code} /*"\n` });
  expect(problems).toMatchObject([
    { code: "FL2904", file: "copilot/.workspace", line: 1, problem: expect.stringContaining("the application is called") },
  ]);
});

test.each(["2prod", "pro d", "prod*/", "data;"])("so does the environment %j", (name) => {
  const manifest = `${base["copilot/api/manifest.yml"]}environments: { ${JSON.stringify(name)}: { cpu: 512 } }\n`;
  const { problems, environments } = imported({ ...base, "copilot/api/manifest.yml": manifest });
  const told = { code: "FL2904", file: "copilot/api/manifest.yml", line: 4, problem: expect.stringContaining(name) };
  expect(problems).toContainEqual(expect.objectContaining(told));
  expect(environments.map((each) => each.name)).toEqual(["test"]);
});

test("texts of templates are texts in stacks/data.ts, whatever they look like", () => {
  const value = JSON.stringify(`{ ...(${code}, {}) }`);
  const result = imported({
    ...base,
    "copilot/api/addons/data.yml": `
Resources:
  carts:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{ AttributeName: ${value}, AttributeType: S }]
      KeySchema: [{ AttributeName: ${value}, KeyType: HASH }]
      TimeToLiveSpecification: { AttributeName: ${value} }
  orders:
    Type: AWS::RDS::DBCluster
    Properties: { Engine: aurora-postgresql, EngineVersion: "16.2", DatabaseName: ${value} }
`,
  });
  const text = filesOf(result).get("stacks/data.ts")!;
  expect(text).toContain("carts: table({");
  expect(text).toContain("orders: postgres({");
  expect(bare(text)).not.toContain("require");
});

test("a value of an environment is one value of its configuration", () => {
  const cidr = '"10.0.0.0/16\\n  aws:profile: attacker"';
  const network = `network: { vpc: { cidr: ${cidr} } }\nhttp: { public: { certificates: ["arn:x\\n  aws:profile: attacker"] } }\n`;
  const result = imported({ ...base, "copilot/environments/test/manifest.yml": `name: test\ntype: Environment\n${network}` });
  const { config } = parse(filesOf(result).get("stacks/Pulumi.test.yaml")!) as { config: Record<string, unknown> };
  expect(Object.keys(config).sort()).toEqual(["aws:region", "fairlead:certificateArn", "fairlead:cidrBlock"]);
});

test("two services that would have one name are told, and neither is written over the other", () => {
  const long = (end: string) => `copilot/customer-notification-email-dispatcher-${end}/manifest.yml`;
  const manifest = base["copilot/api/manifest.yml"];
  const { problems } = imported({ ...base, [long("worker")]: manifest, [long("web")]: manifest });
  expect(problems).toMatchObject([
    { code: "FL2904", file: long("worker"), consequence: expect.stringContaining("written over the other") },
  ]);
});
