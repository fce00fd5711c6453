// The default way: the whole AWS package, mocks, one file. The same kinds and numbers of resources as a Fairlead service.
import * as aws from "@pulumi/aws";
import * as dockerBuild from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";

function service(name: string, port: number, priority: number, listenerArn: pulumi.Input<string>, clusterArn: pulumi.Input<string>) {
  const repository = new aws.ecr.Repository(name, { name: `bench/${name}`, imageTagMutability: "IMMUTABLE" });
  new aws.ecr.LifecyclePolicy(name, { repository: repository.name, policy: JSON.stringify({ rules: [] }) });
  const image = new dockerBuild.Image(name, {
    context: { location: `apps/${name}` },
    platforms: ["linux/arm64"],
    tags: [pulumi.interpolate`${repository.repositoryUrl}:1.0.0`],
    push: true,
  });
  const logGroup = new aws.cloudwatch.LogGroup(name, { name: `/bench/${name}`, retentionInDays: 30 });
  const assumeRolePolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
  const execution = new aws.iam.Role(`${name}-execution`, { assumeRolePolicy });
  new aws.iam.RolePolicy(`${name}-execution`, {
    role: execution.id,
    policy: pulumi
      .all([repository.arn, logGroup.arn])
      .apply(([repositoryArn, logGroupArn]) =>
        JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: [repositoryArn, logGroupArn] }] }),
      ),
  });
  const task = new aws.iam.Role(`${name}-task`, { assumeRolePolicy });
  const taskDefinition = new aws.ecs.TaskDefinition(name, {
    family: name,
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: "256",
    memory: "512",
    executionRoleArn: execution.arn,
    taskRoleArn: task.arn,
    containerDefinitions: pulumi
      .all([repository.repositoryUrl, image.digest, logGroup.name])
      .apply(([url, digest, group]) =>
        JSON.stringify([{ name, image: `${url}@${digest}`, portMappings: [{ containerPort: port }], group }]),
      ),
  });
  const securityGroup = new aws.ec2.SecurityGroup(name, { vpcId: "vpc-1", description: name });
  new aws.vpc.SecurityGroupEgressRule(`${name}-out`, { securityGroupId: securityGroup.id, cidrIpv4: "0.0.0.0/0", ipProtocol: "-1" });
  const targetGroup = new aws.lb.TargetGroup(name, { vpcId: "vpc-1", targetType: "ip", protocol: "HTTP", port });
  const rule = new aws.lb.ListenerRule(name, {
    listenerArn,
    priority,
    conditions: [{ pathPattern: { values: [`/${name}/*`] } }],
    actions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
  });
  const tcp = { ipProtocol: "tcp", fromPort: port, toPort: port };
  new aws.vpc.SecurityGroupIngressRule(name, { ...tcp, securityGroupId: securityGroup.id, referencedSecurityGroupId: "sg-1" });
  new aws.vpc.SecurityGroupEgressRule(`alb-to-${name}`, { ...tcp, securityGroupId: "sg-1", referencedSecurityGroupId: securityGroup.id });
  const registration = new aws.servicediscovery.Service(name, {
    name,
    dnsConfig: { namespaceId: "ns-1", dnsRecords: [{ type: "A", ttl: 10 }] },
  });
  new aws.ecs.Service(
    name,
    {
      cluster: clusterArn,
      taskDefinition: taskDefinition.arn,
      desiredCount: 1,
      networkConfiguration: { subnets: ["subnet-1"], securityGroups: [securityGroup.id] },
      loadBalancers: [{ targetGroupArn: targetGroup.arn, containerName: name, containerPort: port }],
      serviceRegistries: { registryArn: registration.arn },
    },
    { dependsOn: [rule] },
  );
}

async function main() {
  await pulumi.runtime.setMocks(
    { newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: { ...inputs, arn: `arn:aws:bench:::${name}` } }), call: () => ({}) },
    "bench",
    "dev",
    true,
  );
  await pulumi.runtime.runInPulumiStack(async () => {
    const cluster = new aws.ecs.Cluster("bench");
    const loadBalancer = new aws.lb.LoadBalancer("bench", { subnets: ["subnet-1", "subnet-2"] });
    const listener = new aws.lb.Listener("bench", {
      loadBalancerArn: loadBalancer.arn,
      port: 80,
      defaultActions: [{ type: "fixed-response" }],
    });
    for (let i = 1; i <= Number(process.argv[2]); i++) service(`service-${i}`, 3000, i, listener.arn, cluster.arn);
  });
  await pulumi.runtime.disconnect();
}

void main();
