import { filesOf } from "../src";
import { findingsOf, importedService } from "./application";

const web = "Load Balanced Web Service";
const addon = (text: string, rest = "", others: Record<string, string> = {}) =>
  importedService(web, rest, { "copilot/api/addons/addon.yml": text, ...others });
const prod = { "copilot/environments/prod/manifest.yml": "name: prod\ntype: Environment\n" };

describe("a policy of the task role", () => {
  const policy = (statement: string, mappings = "") =>
    `${mappings}\nResources:\n  access:\n    Type: AWS::IAM::ManagedPolicy\n    Properties: { PolicyDocument: { Statement: [${statement}] } }\nOutputs: { accessArn: { Value: !Ref access } }\n`;
  const source = "access (AWS::IAM::ManagedPolicy)";

  test.each([
    ["short", "!Sub ['arn:aws:s3:::${Bucket}/${Folder}/*', { Bucket: !FindInMap [Names, !Ref Env, Bucket], Folder: in }]"],
    [
      "long",
      "{ 'Fn::Sub': ['arn:aws:s3:::${Bucket}/${Folder}/*', { Bucket: { 'Fn::FindInMap': [Names, { Ref: Env }, Bucket] }, Folder: in }] }",
    ],
  ])("knows names that a text is given beside it, in their %s form", (_, arn) => {
    const mappings = "Mappings: { Names: { test: { Bucket: shop-test }, prod: { Bucket: shop-prod } } }";
    const { result } = addon(policy(`{ Effect: Allow, Action: s3:GetObject, Resource: ${arn} }`, mappings), "", prod);
    for (const name of ["test", "prod"])
      expect(result.merged.get("api")!.get(name)!.permissions).toEqual([
        { actions: ["s3:GetObject"], resources: [`arn:aws:s3:::shop-${name}/in/*`] },
      ]);
    expect(findingsOf(result, source)).toMatchObject([{ outcome: "exact", to: "permissions" }]);
  });

  test("of a name that can't be told is to be decided", () => {
    const { base, result } = addon(
      policy("{ Effect: Allow, Action: s3:GetObject, Resource: !Sub ['arn:aws:s3:::${B}', { B: !ImportValue x }] }"),
    );
    expect(base).not.toHaveProperty("permissions");
    expect(findingsOf(result, source)).toMatchObject([{ outcome: "decide" }]);
  });

  test("loses what no action is called, which permitted nothing", () => {
    const { base, result } = addon(policy("{ Effect: Allow, Action: ['ses:SendEmail,', ses:SendRawEmail], Resource: '*' }"));
    expect(base.permissions).toEqual([{ actions: ["ses:SendRawEmail"], resources: ["*"] }]);
    expect(findingsOf(result, "access.PolicyDocument.Statement")).toMatchObject([{ outcome: "ignored", was: "ses:SendEmail," }]);
  });

  test("that IAM refuses in one environment was never deployed there", () => {
    const mappings = "Mappings: { Keys: { test: { Arn: none-yet }, prod: { Arn: 'arn:aws:kms:eu-west-1:123456789012:key/1' } } }";
    const { result } = addon(
      policy("{ Effect: Allow, Action: kms:Decrypt, Resource: !FindInMap [Keys, !Ref Env, Arn] }", mappings),
      "",
      prod,
    );
    expect(result.merged.get("api")!.get("test")).not.toHaveProperty("permissions");
    expect(result.merged.get("api")!.get("prod")!.permissions).toHaveLength(1);
    expect(findingsOf(result, "access.PolicyDocument.Statement")).toMatchObject([{ outcome: "ignored", environments: ["test"] }]);
  });

  test("on all that the environments' addons export binds all of it", () => {
    const exportOf = (name: string) => `Export: { Name: !Sub "\${App}-\${Env}-${name}" }`;
    const data = `Resources: { inBucket: { Type: AWS::S3::Bucket }, outBucket: { Type: AWS::S3::Bucket } }\nOutputs: { a: { Value: !Ref inBucket, ${exportOf("inName")} }, b: { Value: !Ref outBucket, ${exportOf("outName")} } }\n`;
    const arn = (name: string) => `!Sub ['arn:aws:s3:::\${B}', { B: { 'Fn::ImportValue': !Sub '\${App}-\${Env}-${name}' } }]`;
    const { base } = addon(policy(`{ Effect: Allow, Action: s3:GetObject, Resource: [${arn("inName")}, ${arn("outName")}] }`), "", {
      "copilot/environments/addons/data.yml": data,
    });
    expect(base.uses).toEqual([{ name: "in-data" }, { name: "out" }]);
  });
});

describe("an output of no resource", () => {
  const outputs = (value: string) => `Resources: {}\nOutputs: { queueAddress: { Value: ${value} } }\n`;

  test.each([
    ["a text", "!Sub 'https://${Env}.example.com'", "environment", "https://test.example.com"],
    ["an import", "!ImportValue shop-queue", "cloudFormationExports", "shop-queue"],
    ["an import by the environment", "{ 'Fn::ImportValue': !Sub '${App}-${Env}-queue' }", "cloudFormationExports", "shop-test-queue"],
  ])("is a variable: %s", (_, value, key, expected) => {
    const { result } = addon(outputs(value));
    expect(result.merged.get("api")!.get("test")![key]).toEqual({ QUEUE_ADDRESS: expected });
    expect(findingsOf(result, "Outputs.queueAddress")).toMatchObject([{ outcome: "exact", to: `${key}.QUEUE_ADDRESS` }]);
  });

  test("does not take the place of a variable of the manifest's", () => {
    const { base } = addon(outputs("other"), "variables: { QUEUE_ADDRESS: '2' }");
    expect(base.environment).toEqual({ QUEUE_ADDRESS: "2" });
  });

  test("is to be decided where it can't be told, or may be a secret", () => {
    for (const value of ["!Sub 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:x'", "postgres://shop:hunter2hunter2@db/shop"]) {
      const { base, result } = addon(outputs(value));
      expect(base).not.toHaveProperty("environment");
      expect(findingsOf(result, "Outputs.queueAddress")).toMatchObject([{ outcome: "decide" }]);
    }
  });
});

describe("data that has what none made here has", () => {
  const site = (name: string, more = "") =>
    `Resources:\n  pages: { Type: AWS::S3::Bucket, Properties: { BucketName: ${name}, AccessControl: PublicRead, WebsiteConfiguration: { IndexDocument: index.html }${more} } }\n`;

  test("stays, and is bound by its name in each environment", () => {
    const { base, result } = addon(site("!Sub '${App}-${Env}-pages'"), "", prod);
    expect(base.uses).toEqual([{ name: "pages" }]);
    for (const name of ["test", "prod"]) {
      const text = filesOf(result).get(`stacks/${name}.ts`)!;
      expect(text).toContain(`pages: existingBucket({ bucketName: "shop-${name}-pages" }),`);
      expect(text).toContain('import { createData, existingBucket } from "@fairlead/data";');
      expect(text).toContain("data: createData(declared,");
    }
    expect(filesOf(result).get("stacks/data.ts")).not.toContain("pages");
    const [finding] = findingsOf(result, "pages (AWS::S3::Bucket)");
    expect(finding).toMatchObject({ outcome: "changed", to: "stacks/<environment>.ts: pages" });
    expect(finding!.text).toContain("AccessControl, WebsiteConfiguration");
    expect(findingsOf(result, "pages.WebsiteConfiguration")).toEqual([]);
  });

  test("a table as well", () => {
    const { result } = addon(
      "Resources:\n  carts: { Type: AWS::DynamoDB::Table, Properties: { TableName: carts, StreamSpecification: { StreamViewType: NEW_IMAGE }, AttributeDefinitions: [{ AttributeName: id, AttributeType: S }], KeySchema: [{ AttributeName: id, KeyType: HASH }] } }\n",
    );
    expect(filesOf(result).get("stacks/test.ts")).toContain('carts: existingTable({ tableName: "carts" }),');
  });

  test.each([
    ["a name that AWS gives it", site("!Ref AWS::NoValue")],
    ["a name with the account's number", site("!Sub 'pages-${AWS::AccountId}'")],
    ["a name that is no name", site(`'x", process.exit()) //'`)],
    ["a key of its own", site("pages", ", BucketEncryption: { Rules: [{ KMSMasterKeyID: !Ref key }] }")],
  ])("is made anew where that can't be: %s", (_, text) => {
    const { result } = addon(text);
    expect(filesOf(result).get("stacks/test.ts")).not.toContain("existingBucket");
    expect(findingsOf(result, "pages.WebsiteConfiguration")).toMatchObject([{ outcome: "decide" }]);
  });
});

describe("a parameter that an addon wrote of its data", () => {
  const parameters = `
Resources:
  ordersDBCluster: { Type: AWS::RDS::DBCluster, Properties: { Engine: aurora-postgresql } }
  sessions: { Type: AWS::ElastiCache::CacheCluster, Properties: { Engine: redis, AuthToken: x } }
  host: { Type: AWS::SSM::Parameter, Properties: { Name: !Sub '/copilot/\${App}/\${Env}/secrets/DB_HOST', Type: String, Value: !GetAtt ordersDBCluster.Endpoint.Address } }
  url: { Type: AWS::SSM::Parameter, Properties: { Name: !Sub '/\${App}/\${Env}/url', Type: String, Value: !Sub 'postgresql://shop:{{resolve:secretsmanager:x}}@\${ordersDBCluster.Endpoint.Address}:5432/shop' } }
  cacheUrl: { Type: AWS::SSM::Parameter, Properties: { Name: /cache, Type: String, Value: !Sub 'redis://\${sessions.RedisEndpoint.Address}:6379/0' } }
`;
  const rest = `
secrets:
  DB_HOST: /copilot/\${COPILOT_APPLICATION_NAME}/\${COPILOT_ENVIRONMENT_NAME}/secrets/DB_HOST
  OTHER: /copilot/other
environments:
  test: { secrets: { DATABASE_URL: /shop/test/url, CACHE: /cache } }
`;

  test("comes by the binding, under the name that the service has for it", () => {
    const { result } = addon(parameters, rest);
    expect(result.problems).toEqual([]);
    const merged = result.merged.get("api")!.get("test")!;
    expect(merged.secrets).toEqual({ OTHER: { ssm: "/copilot/other" } });
    expect(merged.uses).toEqual([
      { name: "orders", as: { host: "DB_HOST", url: "DATABASE_URL" } },
      { name: "sessions", as: { url: "CACHE" } },
    ]);
    expect(findingsOf(result, "secrets.DB_HOST")).toMatchObject([{ outcome: "changed", to: "uses: orders, as host" }]);
    expect(findingsOf(result, "secrets.OTHER")).toMatchObject([{ outcome: "exact" }]);
    for (const name of ["host", "url", "cacheUrl"])
      expect(findingsOf(result, `${name} (AWS::SSM::Parameter)`)).toMatchObject([{ outcome: "changed" }]);
    expect(findingsOf(result, "sessions.AuthToken")).toMatchObject([{ outcome: "changed" }]);
  });

  test("that no manifest reads is to be decided", () => {
    const { result } = addon(parameters);
    expect(findingsOf(result, "host (AWS::SSM::Parameter)")).toMatchObject([{ outcome: "decide" }]);
  });

  test("that holds something else is as well", () => {
    const { base, result } = addon(
      "Resources: { own: { Type: AWS::SSM::Parameter, Properties: { Name: /x, Value: y } } }",
      "secrets: { A: /x }",
    );
    expect(base.secrets).toEqual({ A: { ssm: "/x" } });
    expect(findingsOf(result, "own (AWS::SSM::Parameter)")).toMatchObject([{ outcome: "decide" }]);
  });
});

test("addresses that a topic's messages are sent to are its own here; others who subscribe are to be decided", () => {
  const subscription = (more: string) => `{ Type: AWS::SNS::Subscription, Properties: { TopicArn: !Ref news, ${more} } }`;
  const { result } = addon(
    `Resources:\n  news: { Type: AWS::SNS::Topic }\n  mail: ${subscription("Protocol: email, Endpoint: ops@example.com")}\n  hook: ${subscription("Protocol: https, Endpoint: 'https://example.com'")}\n`,
  );
  expect(filesOf(result).get("stacks/data.ts")).toContain('news: topic({ emails: ["ops@example.com"] }),');
  expect(findingsOf(result, "mail (AWS::SNS::Subscription)")).toMatchObject([{ outcome: "changed" }]);
  expect(findingsOf(result, "hook (AWS::SNS::Subscription)")).toMatchObject([{ outcome: "decide" }]);
});

describe("a secret whose value is drawn", () => {
  const secret = (generated: string) =>
    `Resources:\n  sessionKey: { Type: AWS::SecretsManager::Secret, Properties: { GenerateSecretString: ${generated} } }\nOutputs: { sessionKey: { Value: !Ref sessionKey } }\n`;

  test("is one that the environment makes", () => {
    const { base, result } = addon(secret("{ PasswordLength: 64, ExcludePunctuation: true }"));
    expect(filesOf(result).get("stacks/data.ts")).toContain('"session-key": secret({ length: 64 }),');
    expect(base.uses).toEqual([{ name: "session-key", as: { value: "SESSION_KEY" } }]);
  });

  test("with JSON around it is to be decided", () => {
    const { result } = addon(secret("{ SecretStringTemplate: '{}', GenerateStringKey: password }"));
    expect(findingsOf(result, "sessionKey (AWS::SecretsManager::Secret)")).toMatchObject([{ outcome: "decide" }]);
  });
});

test("an addon whose names are no names of CloudFormation's does not stop the import", () => {
  const { result } = addon(
    "Resources:\n  'a(': { Type: AWS::S3::Bucket }\n  b: { Type: AWS::SSM::Parameter, Properties: { Value: !Sub 'redis://${a(}' } }\n",
  );
  expect(result.findings.length).toBeGreaterThan(0);
});
