import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { StandInProvider } from "../src/aws/provider";

let folder: string;
let aws: StandInProvider;
const account = { accountId: "123456789012", region: "us-east-1", registryHost: "registry.test:5000" };
const urn = (type: string, name = "x") => `urn:pulumi:s::p::${type}::${name}`;
const create = async (type: string, inputs: Record<string, unknown>, name = "x") => {
  const { inputs: checked } = await aws.check(urn(type, name), {}, inputs);
  return aws.create(urn(type, name), checked as Record<string, unknown>);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-aws-"));
  aws = new StandInProvider(account, join(folder, "resources.json"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const loadBalancer = "aws:lb/loadBalancer:LoadBalancer";
const listener = "aws:lb/listener:Listener";
const targetGroup = "aws:lb/targetGroup:TargetGroup";
const rule = "aws:lb/listenerRule:ListenerRule";
const cluster = "aws:ecs/cluster:Cluster";
const taskDefinition = "aws:ecs/taskDefinition:TaskDefinition";
const task = {
  family: "api",
  cpu: "256",
  memory: "512",
  executionRoleArn: "arn:aws:iam::123456789012:role/x",
  containerDefinitions: JSON.stringify([{ name: "api", image: "x" }]),
};

test("gives ids and ARNs of the shape that AWS gives", async () => {
  const { id, outs } = await create(loadBalancer, { subnets: ["a", "b"] });
  expect(id).toMatch(/^arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer\/app\/x-[0-9a-f]{7}\/[0-9a-f]{16}$/);
  expect(outs.dnsName).toMatch(/\.us-east-1\.elb\.amazonaws\.com$/);
  expect((await create("aws:ecr/repository:Repository", { name: "shop/api" })).outs.repositoryUrl).toBe("registry.test:5000/shop/api");
});

describe("refuses what AWS refuses", () => {
  test.each([
    ["a load balancer's name of 33 characters", loadBalancer, { name: "x".repeat(33), subnets: ["a", "b"] }, /ValidationError/],
    ["a load balancer in one subnet", loadBalancer, { subnets: ["a"] }, /two subnets/],
    [
      "a health check that times out after the next one",
      targetGroup,
      { healthCheck: { interval: 5, timeout: 5 } },
      /interval must be greater/,
    ],
    ["an impossible CPU and memory pair", taskDefinition, { ...task, memory: "4096" }, /No Fargate configuration exists/],
    ["a repository's name in upper case", "aws:ecr/repository:Repository", { name: "Shop" }, /InvalidParameterException/],
    ["a policy that isn't one", "aws:iam/role:Role", { assumeRolePolicy: "{}" }, /MalformedPolicyDocument/],
    ["a retention that CloudWatch doesn't have", "aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 8 }, /retentionInDays 8/],
    ["a type that it doesn't know", "aws:neptune/cluster:Cluster", {}, /no aws:neptune\/cluster:Cluster yet/],
    ["a queue's name with a dot", "aws:sqs/queue:Queue", { name: "a.b" }, /InvalidParameterValue/],
    ["a bucket's name in upper case", "aws:s3/bucket:Bucket", { bucket: "Files" }, /InvalidBucketName/],
    ["a setting of a bucket that isn't there", "aws:s3/bucketVersioning:BucketVersioning", { bucket: "none" }, /NoSuchBucket/],
    ["a database in subnets that aren't there", "aws:rds/cluster:Cluster", { dbSubnetGroupName: "none" }, /DBSubnetGroupNotFoundFault/],
    ["scaling of a service that isn't there", "aws:appautoscaling/target:Target", { resourceId: "service/a/b" }, /doesn't exist/],
  ])("%s", (_, type, inputs, error) => expect(create(type, inputs)).rejects.toThrow(error));

  test("two listener rules of one priority", async () => {
    const { id: loadBalancerArn } = await create(loadBalancer, { subnets: ["a", "b"] });
    const { id: listenerArn } = await create(listener, { loadBalancerArn, port: 80 });
    await create(rule, { listenerArn, priority: 1, actions: [] }, "one");
    await expect(create(rule, { listenerArn, priority: 1, actions: [] }, "two")).rejects.toThrow(/PriorityInUse/);
  });

  test("a service whose target group no listener uses", async () => {
    const { id: clusterArn } = await create(cluster, { name: "dev" });
    const { id: targetGroupArn } = await create(targetGroup, {});
    const service = create("aws:ecs/service:Service", { name: "api", cluster: clusterArn, loadBalancers: [{ targetGroupArn }] });
    await expect(service).rejects.toThrow(/does not have an associated load balancer/);
  });

  test("deleting a load balancer that is protected", async () => {
    const { id, outs } = await create(loadBalancer, { subnets: ["a", "b"], enableDeletionProtection: true });
    await expect(aws.delete(id, urn(loadBalancer), outs)).rejects.toThrow(/deletion protection/);
  });
});

test("a changed container is a new revision, a changed count an update, the same inputs no change", async () => {
  const { id } = await create(taskDefinition, task);
  const changed = { ...task, containerDefinitions: JSON.stringify([{ name: "api", image: "y" }]) };
  expect(await aws.diff(id, urn(taskDefinition), {}, task)).toMatchObject({ changes: false });
  expect(await aws.diff(id, urn(taskDefinition), {}, changed)).toMatchObject({ changes: true, replaces: ["containerDefinitions"] });
});

test("what was created is there in the next run", async () => {
  await create("aws:ecr/repository:Repository", { name: "shop/api" });
  aws = new StandInProvider(account, join(folder, "resources.json"));
  await expect(create("aws:ecr/repository:Repository", { name: "shop/api" })).rejects.toThrow(/RepositoryAlreadyExistsException/);
});
