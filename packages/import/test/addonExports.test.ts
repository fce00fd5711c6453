import { findingsOf, importedService } from "./application";

const web = "Load Balanced Web Service";
const backend = "Backend Service";
const exportOf = (name: string) => `Export: { Name: !Sub "\${App}-\${Env}-${name}" }`;
const database = `
Resources:
  ordersDBCluster:
    Type: AWS::RDS::DBCluster
    Properties: { Engine: aurora-postgresql, MasterUserPassword: !Sub "{{resolve:secretsmanager:\${ordersSecret}}}", KmsKeyId: !Ref ordersKey }
  ordersSecret: { Type: AWS::SecretsManager::Secret }
  ordersKey: { Type: AWS::KMS::Key }
  ordersKeyAlias: { Type: AWS::KMS::Alias, Properties: { TargetKeyId: !Ref ordersKey } }
  ordersWorkloads: { Type: AWS::EC2::SecurityGroup }
  uploadsBucket: { Type: AWS::S3::Bucket }
Outputs:
  ordersSecret: { Value: !Ref ordersSecret, ${exportOf("ordersSecret")} }
  ordersHost: { Value: !GetAtt ordersDBCluster.Endpoint.Address, ${exportOf("ordersHost")} }
  ordersGroup: { Value: !Ref ordersWorkloads, ${exportOf("ordersGroup")} }
  uploadsName: { Value: !Ref uploadsBucket, ${exportOf("uploadsBucketName")} }
  uploadsArn: { Value: !GetAtt uploadsBucket.Arn, ${exportOf("uploadsBucketARN")} }
`;
const imported = (name: string) => `{ from_cfn: "\${COPILOT_APPLICATION_NAME}-\${COPILOT_ENVIRONMENT_NAME}-${name}" }`;
const inEnvironments = { "copilot/environments/addons/orders.yml": database };

test("what the environments' addons export of a database is bound under the names that the service has for it", () => {
  const rest = `
secrets: { DB_SECRET: ${imported("ordersSecret")} }
variables: { DB_HOST: ${imported("ordersHost")} }
network: { vpc: { security_groups: [${imported("ordersGroup")}] } }
`;
  const { base, result } = importedService(backend, rest, inEnvironments);
  expect(result.problems).toEqual([]);
  expect(base.uses).toEqual([{ name: "orders", as: { secret: "DB_SECRET", host: "DB_HOST" } }]);
  expect(findingsOf(result, "secrets.DB_SECRET.from_cfn")).toMatchObject([{ outcome: "changed", to: "uses: orders, as secret" }]);
  expect(findingsOf(result, "variables.DB_HOST.from_cfn")).toMatchObject([{ outcome: "exact", to: "uses: orders, as host" }]);
  expect(findingsOf(result, "network.vpc.security_groups[0].from_cfn")).toMatchObject([{ outcome: "changed", to: "uses: orders" }]);
});

test("what nobody exports is to be decided, also in a group of a form that CloudFormation alone knows", () => {
  const rest = `network: { vpc: { security_groups: ["Fn::ImportValue: 'x-ordersGroup'", "!ImportValue y"] } }`;
  const { base, result } = importedService(backend, rest, inEnvironments);
  expect(base).not.toHaveProperty("securityGroups");
  expect(findingsOf(result, "network.vpc.security_groups[0]")).toMatchObject([{ outcome: "changed" }]);
  expect(findingsOf(result, "network.vpc.security_groups[1]")).toMatchObject([{ outcome: "decide" }]);
});

test("a secret of another stack is read by its export, in sidecars as well", () => {
  const rest = `secrets: { A: ${imported("other")} }\nsidecars: { proxy: { image: "nginx:1", secrets: { B: { from_cfn: shared-Key } } } }`;
  const { result } = importedService(backend, rest);
  const { secrets, sidecars } = result.merged.get("api")!.get("test")!;
  expect(secrets).toEqual({ A: { cloudFormationExport: "shop-test-other" } });
  expect(sidecars).toMatchObject({ proxy: { secrets: { B: { cloudFormationExport: "shared-Key" } } } });
  expect(findingsOf(result, "sidecars.proxy.secrets.B.from_cfn")).toMatchObject([{ outcome: "exact" }]);
});

test("a sidecar's secret of data that is made anew is to be decided: the old one would not open it", () => {
  const rest = `sidecars: { proxy: { image: "nginx:1", secrets: { B: ${imported("ordersSecret")} } } }`;
  const { result } = importedService(backend, rest, inEnvironments);
  expect(findingsOf(result, "sidecars.proxy.secrets.B.from_cfn")).toMatchObject([
    { outcome: "decide", text: expect.stringMatching(/of orders/) as string },
  ]);
});

test("a policy and an output of a service's addon that are of the environments' data bind it", () => {
  const policy = `
Resources:
  uploadsAccess:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - { Effect: Allow, Action: s3:ListBucket, Resource: { "Fn::ImportValue": !Sub "\${App}-\${Env}-uploadsBucketARN" } }
Outputs:
  uploadsAccessPolicy: { Value: !Ref uploadsAccess }
  uploadsName: { Value: { "Fn::ImportValue": !Sub "\${App}-\${Env}-uploadsBucketName" } }
`;
  const { base, result } = importedService(web, "", { ...inEnvironments, "copilot/api/addons/uploads.yml": policy });
  expect(base.uses).toEqual([{ name: "uploads", as: { bucket: "UPLOADS_NAME" } }]);
  expect(base).not.toHaveProperty("permissions");
  expect(findingsOf(result, "uploadsAccess (AWS::IAM::ManagedPolicy)")).toMatchObject([{ outcome: "changed", to: "uses: uploads" }]);
});

test("a database's own key, and its alias, are the environment's here", () => {
  const { result } = importedService(backend, "", inEnvironments);
  for (const source of ["ordersKey (AWS::KMS::Key)", "ordersKeyAlias (AWS::KMS::Alias)", "ordersDBCluster.KmsKeyId"])
    expect(findingsOf(result, source)).toMatchObject([{ outcome: "changed" }]);
});

describe("an output that is no part of a binding", () => {
  const cache = "Resources: { sessions: { Type: AWS::ElastiCache::CacheCluster } }\nOutputs: { cacheId: { Value: !Ref sessions } }\n";
  const told = (source: Record<string, string>) =>
    importedService(web, "", { "copilot/api/addons/cache.yml": cache, ...source }).result.findings.filter(
      ({ source: each }) => each === "Outputs.cacheId",
    );

  test("is left out where no file that the image is built from names it", () => {
    expect(told({ "api/main.js": "process.env.SESSIONS_URL" })).toMatchObject([{ outcome: "changed", was: "CACHE_ID" }]);
  });

  test("is to be decided where one does, and where there is none to look at", () => {
    expect(told({ "api/main.js": "process.env.CACHE_ID" })).toMatchObject([{ outcome: "decide" }]);
    expect(told({})).toMatchObject([{ outcome: "decide" }]);
  });
});

test("a mapping by environment permits each environment its own", () => {
  const addon = `
Mappings: { Pools: { test: { Arn: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/test" }, prod: { Arn: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/prod" } } }
Resources:
  users:
    Type: AWS::IAM::ManagedPolicy
    Properties: { PolicyDocument: { Statement: [{ Effect: Allow, Action: [cognito-idp:AdminGetUser], Resource: !FindInMap [Pools, !Ref Env, Arn] }] } }
Outputs: { usersArn: { Value: !Ref users } }
`;
  const { result } = importedService(web, "", {
    "copilot/api/addons/users.yml": addon,
    "copilot/environments/prod/manifest.yml": "name: prod\ntype: Environment\n",
  });
  for (const name of ["test", "prod"])
    expect(result.merged.get("api")!.get(name)!.permissions).toMatchObject([
      { resources: [expect.stringMatching(new RegExp(`userpool/${name}$`))] },
    ]);
});

test("a variable of what another stack exports is looked up there, in each environment by its own name", () => {
  const { result, environments } = importedService(
    backend,
    `variables: { HOST: ${imported("otherHost")}, FIXED: { from_cfn: shared-Table } }`,
  );
  expect(result.merged.get("api")!.get("test")!.cloudFormationExports).toEqual({ HOST: "shop-test-otherHost", FIXED: "shared-Table" });
  expect(environments.test).toEqual({ cloudFormationExports: { HOST: "shop-test-otherHost" } });
  expect(findingsOf(result, "variables.HOST.from_cfn")).toMatchObject([{ outcome: "exact", to: "cloudFormationExports.HOST" }]);
});
