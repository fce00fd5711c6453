const dockerfile = `FROM public.ecr.aws/docker/library/node:22-bookworm-slim
WORKDIR /app
COPY src ./src
USER node
CMD ["node", "src/main.js"]
`;

const main = `const { createServer } = require("node:http");

const { ORDERS_NAME, RECEIPTS_NAME, LEDGER_SECRET, COPILOT_ENVIRONMENT_NAME } = process.env;
createServer((asked, answer) => {
  if (asked.url === "/health") return answer.end("healthy");
  answer.end([COPILOT_ENVIRONMENT_NAME, ORDERS_NAME, RECEIPTS_NAME, LEDGER_SECRET ? "a ledger" : "no ledger"].join(" "));
}).listen(8080);
`;

const api = `name: api
type: Load Balanced Web Service

image:
  build: api/Dockerfile
  port: 8080

http:
  path: '/'
  healthcheck:
    path: /health
    interval: 15s
    timeout: 5s
    grace_period: 30s
  deregistration_delay: 20s

cpu: 256
memory: 512
platform: linux/x86_64
count: 1
exec: true
network:
  connect: true

publish:
  topics:
    - name: placed

variables:
  LOG_LEVEL: info
secrets:
  LEDGER_SECRET:
    from_cfn: \${COPILOT_APPLICATION_NAME}-\${COPILOT_ENVIRONMENT_NAME}-ledgerAuroraSecret

environments:
  live:
    cpu: 512
    memory: 1024
    count:
      range: 2-4
      cpu_percentage: 60
    variables:
      LOG_LEVEL: warn
`;

const orders = `Parameters:
  App:
    Type: String
  Env:
    Type: String
  Name:
    Type: String
Resources:
  orders:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    Properties:
      TableName: !Sub \${App}-\${Env}-\${Name}-orders
      AttributeDefinitions:
        - AttributeName: customer
          AttributeType: S
        - AttributeName: placed
          AttributeType: N
      BillingMode: PAY_PER_REQUEST
      KeySchema:
        - AttributeName: customer
          KeyType: HASH
        - AttributeName: placed
          KeyType: RANGE
  ordersAccessPolicy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Sid: Items
            Effect: Allow
            Action:
              - dynamodb:GetItem
              - dynamodb:PutItem
              - dynamodb:Query
            Resource: !GetAtt orders.Arn
Outputs:
  ordersName:
    Value: !Ref orders
  ordersAccessPolicy:
    Value: !Ref ordersAccessPolicy
`;

const receipts = `Parameters:
  App:
    Type: String
  Env:
    Type: String
  Name:
    Type: String
Resources:
  receipts:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault:
              SSEAlgorithm: AES256
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
Outputs:
  receiptsName:
    Value: !Ref receipts
`;

const ledger = `Parameters:
  App:
    Type: String
  Env:
    Type: String
Resources:
  ledgerSubnets:
    Type: AWS::RDS::DBSubnetGroup
    Properties:
      DBSubnetGroupDescription: Private subnets
      SubnetIds: !Split [',', !ImportValue { 'Fn::Sub': '\${App}-\${Env}-PrivateSubnets' }]
  ledgerSecurityGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: The ledger's
      VpcId: !ImportValue { 'Fn::Sub': '\${App}-\${Env}-VpcId' }
  ledgerAuroraSecret:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString:
        SecretStringTemplate: '{"username": "postgres"}'
        GenerateStringKey: password
        ExcludePunctuation: true
        PasswordLength: 16
  ledgerCluster:
    Type: AWS::RDS::DBCluster
    Properties:
      MasterUsername: !Sub '{{resolve:secretsmanager:\${ledgerAuroraSecret}:SecretString:username}}'
      MasterUserPassword: !Sub '{{resolve:secretsmanager:\${ledgerAuroraSecret}:SecretString:password}}'
      DatabaseName: ledger
      Engine: aurora-postgresql
      EngineVersion: '16.4'
      DBSubnetGroupName: !Ref ledgerSubnets
      VpcSecurityGroupIds: [!Ref ledgerSecurityGroup]
      ServerlessV2ScalingConfiguration:
        MinCapacity: 0.5
        MaxCapacity: 4
  ledgerWriter:
    Type: AWS::RDS::DBInstance
    Properties:
      DBClusterIdentifier: !Ref ledgerCluster
      DBInstanceClass: db.serverless
      Engine: aurora-postgresql
  ledgerAttachment:
    Type: AWS::SecretsManager::SecretTargetAttachment
    Properties:
      SecretId: !Ref ledgerAuroraSecret
      TargetId: !Ref ledgerCluster
      TargetType: AWS::RDS::DBCluster
Outputs:
  ledgerAuroraSecret:
    Value: !Ref ledgerAuroraSecret
    Export:
      Name: !Sub \${App}-\${Env}-ledgerAuroraSecret
`;

const packing = `name: packing
type: Worker Service

image:
  build: packing/Dockerfile

subscribe:
  topics:
    - name: placed
      service: api
  queue:
    retention: 96h
    timeout: 60s
    dead_letter:
      tries: 5

cpu: 256
memory: 512
count: 1
`;

const digest = `name: digest
type: Scheduled Job

image:
  build: digest/Dockerfile

on:
  schedule: '0 6 * * *'
retries: 2
timeout: 20m

cpu: 256
memory: 512
`;

const environment = (name: string, others = "") => `name: ${name}
type: Environment
${others}`;

const pipeline = `name: shop-main
version: 1
source:
  provider: GitHub
  properties:
    branch: main
    repository: https://github.com/example/shop
stages:
  - name: test
  - name: live
    requires_approval: true
`;

/** A Copilot application with two environments, three kinds of services, addons of one service and of the environments, and a pipeline. */
export const copilotApplication: Record<string, string> = {
  "copilot/.workspace": "application: shop\n",
  "copilot/environments/test/manifest.yml": environment("test"),
  "copilot/environments/live/manifest.yml": environment("live", "observability:\n  container_insights: true\n"),
  "copilot/environments/addons/ledger.yml": ledger,
  "copilot/api/manifest.yml": api,
  "copilot/api/addons/orders.yml": orders,
  "copilot/api/addons/receipts.yml": receipts,
  "copilot/packing/manifest.yml": packing,
  "copilot/digest/manifest.yml": digest,
  "copilot/pipelines/shop-main/manifest.yml": pipeline,
  ...Object.fromEntries(
    ["api", "packing", "digest"].flatMap((name) => [
      [`${name}/Dockerfile`, dockerfile],
      [`${name}/src/main.js`, main],
    ]),
  ),
};
