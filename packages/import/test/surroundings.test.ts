import { filesOf } from "../src";
import { findingsOf, imported, importedService } from "./application";

const web = "Load Balanced Web Service";
const inAddon = (text: string, rest = "") => importedService(web, rest, { "copilot/api/addons/data.yml": text });

describe("policies of an addon that are outputs", () => {
  const policy = (statements: string, others: Record<string, string> = {}) =>
    importedService(web, "", {
      "copilot/api/addons/policy.yml": `
Parameters: { App: { Type: String }, Env: { Type: String }, Prefix: { Type: String, Default: mail } }
Resources:
  mailPolicy:
    Type: AWS::IAM::ManagedPolicy
    Properties: { PolicyDocument: { Statement: ${statements} } }
  jobs: { Type: AWS::SQS::Queue }
Outputs:
  mailPolicyArn: { Value: !Ref mailPolicy }
`,
      ...others,
    });
  const source = "mailPolicy (AWS::IAM::ManagedPolicy)";
  const send = "{ Effect: Allow, Action: ses:SendEmail, Resource: '*' }";

  test("are permissions of the service", () => {
    const { base, result } = policy(`[${send}, { Effect: Allow, Action: ["sqs:SendMessage"], Resource: !GetAtt jobs.Arn }]`);
    expect(base.permissions).toEqual([{ actions: ["ses:SendEmail"], resources: ["*"] }]);
    expect(findingsOf(result, source)).toMatchObject([{ outcome: "exact", to: "permissions" }]);
  });

  test("have a star where the template named its own region or account, which is told, and each environment its own name", () => {
    const arn = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/${Prefix}-${App}-${Env}";
    const { base, environments, result } = policy(
      `{ Effect: Allow, Action: ses:SendEmail, Resource: !Sub "${arn}", Condition: { ArnLike: { "aws:SourceArn": { "Fn::Sub": "${arn}" } } } }`,
    );
    const wide = "arn:aws:ses:*:*:identity/mail-shop-test";
    const conditions = { ArnLike: { "aws:SourceArn": [wide] } };
    expect(base).not.toHaveProperty("permissions");
    expect(environments.test!.permissions).toEqual([{ actions: ["ses:SendEmail"], resources: [wide], conditions }]);
    expect(findingsOf(result, source)).toMatchObject([{ outcome: "changed", text: expect.stringContaining("any region and account") }]);
  });

  test("take what the parameters beside them say", () => {
    const parameters = {
      "copilot/api/addons/addons.parameters.yml": "Parameters: { Prefix: 'arn:aws:ses:eu-west-1:123456789012:identity/news' }\n",
    };
    const { base } = policy("[{ Effect: Allow, Action: ses:SendEmail, Resource: !Ref Prefix }]", parameters);
    expect(base.permissions).toMatchObject([{ resources: ["arn:aws:ses:eu-west-1:123456789012:identity/news"] }]);
  });

  test.each([
    ["a denial", "{ Effect: Deny, Action: ses:SendEmail, Resource: '*' }"],
    ["all but some actions", "{ Effect: Allow, NotAction: ses:SendEmail, Resource: '*' }"],
    ["all actions", "{ Effect: Allow, Action: '*', Resource: '*' }"],
    ["what another stack exports", "{ Effect: Allow, Action: ses:SendEmail, Resource: !ImportValue shop }"],
    [
      "a region that is compared by its letters",
      "{ Effect: Allow, Action: ses:SendEmail, Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': !Sub '${AWS::Region}' } } }",
    ],
  ])("leave to decide %s, with its line, and take the rest", (_, statement) => {
    const { base, result } = policy(`[\n      ${send},\n      ${statement}]`);
    expect(base.permissions).toEqual([{ actions: ["ses:SendEmail"], resources: ["*"] }]);
    expect(findingsOf(result, "mailPolicy.PolicyDocument.Statement")).toMatchObject([{ outcome: "decide", place: { line: 8 } }]);
  });

  test("of which nothing can be told are to decide as a whole", () => {
    const { base, result } = policy("{ Effect: Allow, Action: ses:SendEmail, Resource: !ImportValue shop }");
    expect(base).not.toHaveProperty("permissions");
    expect(findingsOf(result, source)).toMatchObject([{ outcome: "decide" }]);
  });
});

test("a bucket, a table and a database of addons are declared as they are, bound, and their companions come with them", () => {
  const { result, base } = inAddon(`
Parameters: { App: { Type: String }, Env: { Type: String }, Name: { Type: String }, ordersDBName: { Type: String, Default: shop } }
Mappings: { ordersScaling: { All: { DBMinCapacity: 1, DBMaxCapacity: 8 } } }
Resources:
  uploadsBucket:
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: Private
      LifecycleConfiguration: { Rules: [{ NoncurrentVersionExpirationInDays: 30 }] }
  uploadsBucketPolicy: { Type: AWS::S3::BucketPolicy, Properties: { Bucket: !Ref uploadsBucket } }
  uploadsAccessPolicy:
    Type: AWS::IAM::ManagedPolicy
    Properties: { PolicyDocument: { Statement: [{ Action: s3:GetObject, Resource: !Sub "\${uploadsBucket.Arn}/*" }] } }
  carts:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{ AttributeName: customer, AttributeType: S }, { AttributeName: at, AttributeType: N }]
      KeySchema: [{ AttributeName: customer, KeyType: HASH }, { AttributeName: at, KeyType: RANGE }]
      BillingMode: PAY_PER_REQUEST
      StreamSpecification: { StreamViewType: NEW_IMAGE }
  ordersDBCluster:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
      EngineVersion: "16.2"
      DatabaseName: !Ref ordersDBName
      MasterUserPassword: !Join ["", ["{{resolve:secretsmanager:", !Ref ordersAuroraSecret, "}}"]]
      ServerlessV2ScalingConfiguration:
        MinCapacity: !FindInMap [ordersScaling, All, DBMinCapacity]
        MaxCapacity: !FindInMap [ordersScaling, !Ref Env, DBMaxCapacity]
  ordersDBWriterInstance: { Type: AWS::RDS::DBInstance, Properties: { DBClusterIdentifier: !Ref ordersDBCluster } }
  ordersAuroraSecret: { Type: AWS::SecretsManager::Secret }
  mail: { Type: AWS::SES::EmailIdentity }
Outputs:
  uploadsName: { Value: !Ref uploadsBucket }
  ordersSecret: { Value: !Ref ordersAuroraSecret }
`);
  expect(result.problems).toEqual([]);
  expect(result.data).toEqual([
    { name: "uploads", declaration: "bucket({ noncurrentExpirationDays: 30 })" },
    { name: "carts", declaration: 'table({ partitionKey: { name: "customer" }, sortKey: { name: "at", type: "N" } })' },
    { name: "orders", declaration: 'postgres({ databaseName: "shop", majorVersion: 16, minCapacity: 1, maxCapacity: 8, instances: 1 })' },
  ]);
  expect(base.uses).toEqual([
    { name: "uploads", as: { bucket: "UPLOADS_NAME" } },
    { name: "carts" },
    { name: "orders", as: { secret: "ORDERS_SECRET" } },
  ]);
  expect(findingsOf(result, "Outputs.uploadsName")).toMatchObject([{ outcome: "exact", to: "uses: uploads, as bucket" }]);
  const decided = result.findings.filter(({ outcome, place }) => outcome === "decide" && place.file.includes("addons"));
  expect(decided.map(({ source, was, place }) => [source, was, place.line])).toEqual([
    ["carts.StreamSpecification", undefined, 20],
    ["mail (AWS::SES::EmailIdentity)", undefined, 33],
  ]);
  expect(filesOf(result).get("stacks/data.ts")).toContain("import { bucket, postgres, table, type DataDeclaration }");
});

test("a database of another engine is to be decided, and a bucket that is open is not closed without a word", () => {
  const { result } = inAddon(`
Resources:
  DB: { Type: AWS::RDS::DBInstance, Properties: { Engine: mysql } }
  Files: { Type: AWS::S3::Bucket, Properties: { AccessControl: PublicRead } }
`);
  expect(findingsOf(result, "DB (AWS::RDS::DBInstance)")).toEqual([expect.objectContaining({ outcome: "decide" })]);
  expect(findingsOf(result, "Files.AccessControl")).toEqual([expect.objectContaining({ outcome: "decide" })]);
});

test("data of the environments' addons is bound to who imports what it exports", () => {
  const { result, base } = importedService(
    web,
    "secrets: { DB: { from_cfn: '${COPILOT_APPLICATION_NAME}-${COPILOT_ENVIRONMENT_NAME}-ordersSecret' } }",
    {
      "copilot/environments/addons/orders.yml":
        "Resources:\n  orders: { Type: AWS::RDS::DBCluster, Properties: { Engine: aurora-postgresql } }\nOutputs:\n  s: { Value: !Ref orders, Export: { Name: !Sub '${App}-${Env}-ordersSecret' } }\n",
      "copilot/other/manifest.yml": "name: other\ntype: Backend Service\nimage: { location: 'nginx:1' }\n",
    },
  );
  expect(base.uses).toEqual([{ name: "orders" }]);
  expect(result.services.find(({ name }) => name === "other")?.layers.base.uses).toBeUndefined();
});

test("patches of the task definition that have a key are that key, others are told one by one", () => {
  const { result, base } = importedService(
    web,
    "taskdef_overrides:\n  - { path: 'ContainerDefinitions[0].StopTimeout', value: 90 }\n  - { path: 'ContainerDefinitions[0].Ulimits[-]', value: { Name: nofile, SoftLimit: 1024, HardLimit: 4096 } }\n  - { path: 'ContainerDefinitions[0].SystemControls[-]', value: { Namespace: x } }",
  );
  expect(base).toMatchObject({ stopTimeoutSeconds: 90, ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }] });
  expect(
    result.findings.filter(({ source }) => source.startsWith("taskdef_overrides")).map(({ outcome, place }) => [outcome, place.line]),
  ).toEqual([
    ["exact", 7],
    ["exact", 8],
    ["decide", 9],
  ]);
});

test("patches of CloudFormation, pipelines and their stages are told with their lines", () => {
  const { result } = importedService(web, "", {
    "copilot/api/overrides/cfn.patches.yml":
      "- op: add\n  path: /Resources/ExecutionRole/Properties/Policies/0/PolicyDocument/Statement/0/Condition\n  value: {}\n- op: remove\n  path: /Resources/LogGroup\n",
    "copilot/pipelines/main/manifest.yml":
      "name: main\nstages:\n  - name: live\n    requires_approval: true\n    test_commands: [make test]\n  - name: test\n    requires_approval: false\n",
  });
  const told = result.findings
    .filter(({ place }) => /overrides|pipelines/.test(place.file))
    .map(({ outcome, source, place }) => [outcome, source, place.line]);
  expect(told).toEqual([
    ["changed", "add /Resources/ExecutionRole/Properties/Policies/0/PolicyDocument/Statement/0/Condition", 1],
    ["decide", "remove /Resources/LogGroup", 4],
    ["changed", "pipeline main", 1],
    ["decide", "stages[0].requires_approval", 4],
    ["decide", "stages[0].test_commands", 5],
  ]);
  expect(result.environments.map(({ name }) => name)).toEqual(["live", "test"]);
});

test("an environment's manifest is its stack: a network that is there, its certificate, its logs", () => {
  const { result } = importedService(web, "", {
    "copilot/environments/test/manifest.yml":
      "name: test\ntype: Environment\nnetwork:\n  vpc:\n    id: vpc-1\n    subnets: { public: [{ id: subnet-1 }, { id: subnet-2 }], private: [{ id: subnet-3 }, { id: subnet-4 }] }\n    flow_logs: true\nhttp: { public: { certificates: ['arn:aws:acm:eu-west-1:123456789012:certificate/x'], access_logs: true } }\ncdn: true\nobservability: { container_insights: true }\n",
  });
  const stack = filesOf(result).get("stacks/test.ts")!;
  expect(stack).toMatch(
    /vpcId: "vpc-1",\n {4}publicSubnetIds: \["subnet-1", "subnet-2"\],\n {4}privateSubnetIds: \["subnet-3", "subnet-4"\]/,
  );
  expect(stack).toMatch(/\(settings: Settings\) \{\n {2}const specs/);
  expect(stack).toContain('new AccessLogs("test-access-logs")');
  expect(stack).toContain('containerInsights: "enabled"');
  expect(filesOf(result).get("stacks/Pulumi.test.yaml")).toContain(
    "fairlead:certificateArn: arn:aws:acm:eu-west-1:123456789012:certificate/x",
  );
  expect(findingsOf(result, "cdn")).toEqual([expect.objectContaining({ outcome: "decide", environments: ["test"] })]);
});

test("services with the same path get the host that Copilot gives each, and callers of plain names the name in DNS", () => {
  const manifest = (name: string, rest = "") =>
    `name: ${name}\ntype: ${web}\nimage: { location: 'nginx:1', port: 80 }\nhttp: { path: / }\n${rest}`;
  const result = imported({
    "copilot/front/manifest.yml": manifest("front", "variables: { API: 'http://back/x', DB_HOST: mysql }\n"),
    "copilot/back/manifest.yml": manifest("back"),
    "copilot/environments/test/manifest.yml": "name: test\n",
  });
  const front = result.services.find(({ name }) => name === "front")!.layers;
  expect(front.base.routes).toEqual([{ path: "/*", host: "front.*" }]);
  expect(front.base.calls).toEqual(["back"]);
  expect(front.environments.test).toEqual({ environment: { API: "http://back.test.shop.local:80/x" } });
  expect(result.findings.filter(({ source }) => source === "variables.DB_HOST").map(({ outcome }) => outcome)).toContain("changed");
});

test("two services with the same name and path are told, and the first keeps it", () => {
  const manifest = (name: string) =>
    `name: ${name}\ntype: ${web}\nimage: { location: 'nginx:1', port: 80 }\nhttp: { path: /, alias: shop.example.com }\n`;
  const result = imported({ "copilot/a-one/manifest.yml": manifest("a-one"), "copilot/b-two/manifest.yml": manifest("b-two") });
  expect(result.services.map(({ layers }) => layers.base.routes)).toEqual([[{ path: "/*", host: "shop.example.com" }], undefined]);
  expect(
    result.findings.filter(({ service, outcome, source }) => service === "b-two" && outcome === "decide" && source === "http.path"),
  ).toHaveLength(1);
});
