// The same services as an AWS CDK app.
import * as cdk from "aws-cdk-lib";
import * as ecr from "aws-cdk-lib/aws-ecr";
import * as ecs from "aws-cdk-lib/aws-ecs";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as elbv2 from "aws-cdk-lib/aws-elasticloadbalancingv2";
import * as iam from "aws-cdk-lib/aws-iam";
import * as logs from "aws-cdk-lib/aws-logs";
import * as servicediscovery from "aws-cdk-lib/aws-servicediscovery";

const app = new cdk.App({ context: { "@aws-cdk/core:stackResourceLimit": 0 }, outdir: process.argv[3] });
const stack = new cdk.Stack(app, "bench");
const assumeRolePolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

function service(name: string, port: number, priority: number, listenerArn: string, cluster: string) {
  const id = (suffix: string) => `${name}-${suffix}`;
  const repository = new ecr.CfnRepository(stack, id("repository"), {
    repositoryName: `bench/${name}`,
    imageTagMutability: "IMMUTABLE",
    lifecyclePolicy: { lifecyclePolicyText: JSON.stringify({ rules: [] }) },
  });
  const logGroup = new logs.CfnLogGroup(stack, id("logs"), { logGroupName: `/bench/${name}`, retentionInDays: 30 });
  const execution = new iam.CfnRole(stack, id("execution"), { assumeRolePolicyDocument });
  new iam.CfnRolePolicy(stack, id("execution-policy"), {
    roleName: execution.ref,
    policyName: name,
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "*", Resource: [repository.attrArn, logGroup.attrArn] }],
    },
  });
  const task = new iam.CfnRole(stack, id("task"), { assumeRolePolicyDocument });
  const taskDefinition = new ecs.CfnTaskDefinition(stack, id("task-definition"), {
    family: name,
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: "256",
    memory: "512",
    executionRoleArn: execution.attrArn,
    taskRoleArn: task.attrArn,
    containerDefinitions: [{ name, image: `${repository.attrRepositoryUri}@sha256:0`, portMappings: [{ containerPort: port }] }],
  });
  const securityGroup = new ec2.CfnSecurityGroup(stack, id("group"), { vpcId: "vpc-1", groupDescription: name });
  new ec2.CfnSecurityGroupEgress(stack, id("out"), { groupId: securityGroup.attrGroupId, cidrIp: "0.0.0.0/0", ipProtocol: "-1" });
  const targetGroup = new elbv2.CfnTargetGroup(stack, id("target-group"), { vpcId: "vpc-1", targetType: "ip", protocol: "HTTP", port });
  const rule = new elbv2.CfnListenerRule(stack, id("rule"), {
    listenerArn,
    priority,
    conditions: [{ field: "path-pattern", values: [`/${name}/*`] }],
    actions: [{ type: "forward", targetGroupArn: targetGroup.attrTargetGroupArn }],
  });
  const tcp = { ipProtocol: "tcp", fromPort: port, toPort: port };
  new ec2.CfnSecurityGroupIngress(stack, id("in"), { ...tcp, groupId: securityGroup.attrGroupId, sourceSecurityGroupId: "sg-1" });
  new ec2.CfnSecurityGroupEgress(stack, id("alb-out"), { ...tcp, groupId: "sg-1", destinationSecurityGroupId: securityGroup.attrGroupId });
  const registration = new servicediscovery.CfnService(stack, id("discovery"), {
    name,
    dnsConfig: { namespaceId: "ns-1", dnsRecords: [{ type: "A", ttl: 10 }] },
  });
  const ecsService = new ecs.CfnService(stack, id("service"), {
    cluster,
    taskDefinition: taskDefinition.attrTaskDefinitionArn,
    desiredCount: 1,
    networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-1"], securityGroups: [securityGroup.attrGroupId] } },
    loadBalancers: [{ targetGroupArn: targetGroup.attrTargetGroupArn, containerName: name, containerPort: port }],
    serviceRegistries: [{ registryArn: registration.attrArn }],
  });
  ecsService.addDependency(rule);
}

const cluster = new ecs.CfnCluster(stack, "cluster");
const loadBalancer = new elbv2.CfnLoadBalancer(stack, "load-balancer", { subnets: ["subnet-1", "subnet-2"] });
const listener = new elbv2.CfnListener(stack, "listener", {
  loadBalancerArn: loadBalancer.attrLoadBalancerArn,
  port: 80,
  protocol: "HTTP",
  defaultActions: [{ type: "fixed-response", fixedResponseConfig: { statusCode: "404" } }],
});
for (let i = 1; i <= Number(process.argv[2]); i++) service(`service-${i}`, 3000, i, listener.attrListenerArn, cluster.attrArn);
app.synth();
