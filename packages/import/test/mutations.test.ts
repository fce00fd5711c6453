import { filesOf } from "../src";
import { imported } from "./application";

const shop: Record<string, string> = {
  "copilot/front/manifest.yml": `name: front
type: Load Balanced Web Service
x-size: &size
  cpu: 512
  memory: 1024
image:
  build: { context: front, args: { A: b } }
  port: 80
http: { path: /, alb: old, alias: [a.example.com], healthcheck: { interval: 20s }, additional_rules: [{ path: x }] }
count: { range: { min: 1, max: 4 }, cpu_percentage: { value: 50, cooldown: { in: 1m } } }
variables: { A: '\${COPILOT_ENVIRONMENT_NAME}', B: { from_cfn: x } }
secrets: { C: { secretsmanager: 'a:b' }, U: /shop/live/u }
sidecars: { x: { image: 'x:1', port: 1/tcp, healthcheck: { command: [x] }, mount_points: [{ source_volume: v, path: /x }, { source_volume: w, path: /y }] } }
storage: { volumes: { v: { path: /v, efs: true }, w: { path: /w } } }
taskdef_overrides:
  - { path: 'ContainerDefinitions[0].User', value: app }
  - { path: 'ContainerDefinitions[1].HealthCheck.Interval', value: 5 }
  - { path: 'ContainerDefinitions[1].DependsOn[-]', value: { ContainerName: front, Condition: START } }
environments:
  live: { <<: *size, count: 2, http: false }
`,
  "copilot/work/manifest.yml":
    "name: work\ntype: Worker Service\nimage: { location: 'w:1' }\nsubscribe: { topics: [{ name: t, service: front, queue: { timeout: 1m } }], queue: { fifo: true } }\n",
  "copilot/environments/live/manifest.yml": "name: live\nnetwork: { vpc: { id: vpc-1, subnets: { public: [{ id: s }] } } }\n",
  "copilot/front/addons/a.yml": "Resources:\n  b: { Type: AWS::S3::Bucket, Properties: { X: 1 } }\nOutputs:\n  o: { Value: !Ref b }\n",
  "copilot/front/addons/b.yml": `Mappings: { M: { live: { B: b } } }
Resources:
  c: { Type: AWS::ElastiCache::CacheCluster, Properties: { AuthToken: x } }
  s: { Type: AWS::S3::Bucket, Properties: { BucketName: !Sub '\${App}-\${Env}', WebsiteConfiguration: {} } }
  u: { Type: AWS::SSM::Parameter, Properties: { Name: !Sub '/\${App}/\${Env}/u', Value: !Sub 'redis://\${c.RedisEndpoint.Address}:6379/0' } }
  t: { Type: AWS::SNS::Topic }
  m: { Type: AWS::SNS::Subscription, Properties: { TopicArn: !Ref t, Protocol: email, Endpoint: a@example.com } }
  k: { Type: AWS::SecretsManager::Secret, Properties: { GenerateSecretString: { PasswordLength: 32 } } }
  p:
    Type: AWS::IAM::ManagedPolicy
    Properties: { PolicyDocument: { Statement: [{ Effect: Allow, Action: [s3:GetObject, 's3:X,'], Resource: !Sub ['arn:aws:s3:::\${B}/*', { B: !FindInMap [M, !Ref Env, B] }] }] } }
Outputs:
  q: { Value: { 'Fn::ImportValue': !Sub '\${App}-\${Env}-q' } }
  r: { Value: !Ref k }
  p: { Value: !Ref p }
`,
  "copilot/front/overrides/cfn.patches.yml":
    "- { op: add, path: /Resources/X, value: 1 }\n- { op: add, path: /Resources/TaskDefinition/Properties/ContainerDefinitions/0/MountPoints, value: [{ ContainerPath: /z, SourceVolume: z }] }\n",
  "copilot/pipelines/p/manifest.yml": "stages: [{ name: live, test_commands: [x] }]\n",
};
const bits = [
  "null",
  "[]",
  "{}",
  "true",
  "-1",
  '"x"',
  "[a, {b: c}]",
  "{a: b}",
  "&a x",
  "*size",
  "!Ref x",
  "|\n  x",
  "${X}",
  "'",
  "~",
  "1h",
  "<<: *size",
];

test("none of 200 broken applications ends in anything but a report or problems with their places", () => {
  let state = 11;
  const random = (below: number) => Math.floor(((state = (state * 1103515245 + 12345) % 2147483648) / 2147483648) * below);
  let refused = 0;
  for (let round = 0; round < 200; round++) {
    const path = Object.keys(shop)[random(Object.keys(shop).length)]!;
    const lines = shop[path]!.split("\n");
    for (let change = 0; change <= random(3); change++) {
      const index = random(lines.length);
      const line = lines[index]!;
      const words = [...line.matchAll(/[\w.-]+/g)];
      const word = words[random(words.length)];
      const replaced = word ? line.slice(0, word.index) + bits[random(bits.length)]! + line.slice(word.index + word[0].length) : line;
      lines[index] = [replaced, line.slice(0, random(line.length)), `  ${line}`, `${line}\n${line}`, ""][random(5)]!;
    }
    const result = imported({ ...shop, [path]: lines.join("\n") }, { lenient: round % 2 === 0 });
    filesOf(result);
    if (result.problems.length > 0) refused++;
    for (const { code, file, line, column } of result.problems)
      expect([code, file in shop, line > 0, column > 0]).toEqual([expect.stringMatching(/^FL29/), true, true, true]);
  }
  expect(refused).toBeGreaterThan(30);
  expect(refused).toBeLessThan(200);
});
