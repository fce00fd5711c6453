import { attached, container, one, resource, type Cases } from "./resources";

const service = "aws:ecs/service:Service";
const task = "aws:ecs/taskDefinition:TaskDefinition";
const cluster = "aws:ecs/cluster:Cluster";
const repository = "aws:ecr/repository:Repository";
const balancer = "aws:lb/loadBalancer:LoadBalancer";
const listener = "aws:lb/listener:Listener";
const vpc = "aws:ec2/vpc:Vpc";
const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";
const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const distribution = "aws:cloudfront/distribution:Distribution";
const webAcl = "aws:wafv2/webAcl:WebAcl";
const withEndpoint = (name: string) => [resource(vpc), resource(endpoint, { serviceName: `com.amazonaws.us-east-1.${name}` })];

/** For each control a plan that breaks it, and one that doesn't. */
export const runtimeCases: Cases = {
  "ECS.2": [
    () => one(service, { networkConfiguration: { assignPublicIp: true } }),
    () => one(service, { networkConfiguration: { assignPublicIp: false } }),
  ],
  "ECS.3": [() => one(task, { pidMode: "host" }), () => one(task, { pidMode: "task" })],
  "ECS.4": [() => container({ privileged: true }), () => container({ privileged: false })],
  "ECS.5": [() => container({ readonlyRootFilesystem: undefined }), () => container({})],
  "ECS.8": [
    () => container({ environment: [{ name: "AWS_SECRET_ACCESS_KEY" }] }),
    () => container({ environment: [{ name: "AWS_REGION" }] }),
  ],
  "ECS.9": [() => container({ logConfiguration: undefined }), () => container({})],
  "ECS.10": [() => one(service, { platformVersion: "1.3.0" }), () => one(service, { platformVersion: "LATEST" })],
  "ECS.12": [
    () => one(cluster, { settings: [{ name: "containerInsights", value: "disabled" }] }),
    () => one(cluster, { settings: [{ name: "containerInsights", value: "enhanced" }] }),
  ],
  "ECS.17": [() => one(task, { networkMode: "host" }), () => one(task, { networkMode: "awsvpc" })],
  "ECS.20": [() => container({ user: "root:root" }), () => container({ user: "101:101" })],
  "FL.ECS.1": [
    () => one(service, { deploymentCircuitBreaker: { enable: true, rollback: false } }),
    () => one(service, { deploymentCircuitBreaker: { rollback: true } }),
  ],
  "ECR.1": [() => one(repository, {}), () => one(repository, { imageScanningConfiguration: { scanOnPush: true } })],
  "ECR.2": [() => one(repository, { imageTagMutability: "MUTABLE" }), () => one(repository, { imageTagMutability: "IMMUTABLE" })],
  "ECR.3": [() => attached(repository, {}), () => attached(repository, {}, "aws:ecr/lifecyclePolicy:LifecyclePolicy", "repository")],
  "ECR.5": [
    () => one(repository, { encryptionConfigurations: [{ encryptionType: "AES256" }] }),
    () => one(repository, { encryptionConfigurations: [{ encryptionType: "KMS" }] }),
  ],
  "ELB.1": [
    () => one(listener, { protocol: "HTTP", defaultActions: [{ type: "fixed-response" }] }),
    () => one(listener, { protocol: "HTTP", defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS" } }] }),
  ],
  "ELB.4": [() => one(balancer, {}), () => one(balancer, { dropInvalidHeaderFields: true })],
  "ELB.5": [() => one(balancer, {}), () => one(balancer, { accessLogs: { enabled: true } })],
  "ELB.6": [() => one(balancer, { enableDeletionProtection: false }), () => one(balancer, { enableDeletionProtection: true })],
  "ELB.12": [() => one(balancer, { desyncMitigationMode: "monitor" }), () => one(balancer, { desyncMitigationMode: "strictest" })],
  "ELB.13": [() => one(balancer, { subnets: ["a"] }), () => one(balancer, { subnets: ["a", "b"] })],
  "ELB.16": [() => attached(balancer, {}), () => attached(balancer, {}, "aws:wafv2/webAclAssociation:WebAclAssociation", "resourceArn")],
  "ELB.17": [
    () => one(listener, { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-2016-08" }),
    () => one(listener, { protocol: "TLS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }),
  ],
  "EC2.2": [
    () => one(vpc, {}),
    () => [resource(vpc), resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", { ingress: [], egress: [] })],
  ],
  "EC2.6": [() => one(vpc, {}), () => [resource(vpc), resource("aws:ec2/flowLog:FlowLog")]],
  "EC2.8": [
    () => one(template, { metadataOptions: { httpTokens: "optional" } }),
    () => one(template, { metadataOptions: { httpTokens: "required" } }),
  ],
  "EC2.15": [
    () => one("aws:ec2/subnet:Subnet", { mapPublicIpOnLaunch: true }),
    () => one("aws:ec2/subnet:Subnet", { mapPublicIpOnLaunch: false }),
  ],
  "EC2.18": [
    () => one(ingress, { cidrIpv4: "0.0.0.0/0", fromPort: 8443, toPort: 8443 }),
    () => one(ingress, { cidrIpv4: "0.0.0.0/0", fromPort: 443, toPort: 443 }),
  ],
  "EC2.19": [
    () => one(ingress, { cidrIpv4: "0.0.0.0/0", fromPort: 0, toPort: 65535 }),
    () => one(ingress, { cidrIpv4: "10.0.0.0/8", fromPort: 22, toPort: 22 }),
  ],
  "EC2.25": [
    () => one(template, { networkInterfaces: [{ associatePublicIpAddress: "true" }] }),
    () => one(template, { networkInterfaces: [{ associatePublicIpAddress: "false" }] }),
  ],
  "EC2.55": [() => one(vpc, {}), () => withEndpoint("ecr.api")],
  "EC2.56": [() => one(vpc, {}), () => withEndpoint("ecr.dkr")],
  "EC2.57": [() => one(vpc, {}), () => withEndpoint("ssm")],
  "AutoScaling.9": [
    () => one("aws:autoscaling/group:Group", {}),
    () => one("aws:autoscaling/group:Group", { launchTemplate: { id: "lt" } }),
  ],
  "CloudFront.1": [() => one(distribution, {}), () => one(distribution, { defaultRootObject: "index.html" })],
  "CloudFront.3": [
    () => one(distribution, { defaultCacheBehavior: { viewerProtocolPolicy: "allow-all" } }),
    () => one(distribution, { defaultCacheBehavior: { viewerProtocolPolicy: "https-only" } }),
  ],
  "CloudFront.4": [() => one(distribution, {}), () => one(distribution, { originGroups: [{}] })],
  "CloudFront.5": [() => one(distribution, {}), () => one(distribution, { loggingConfig: { bucket: "b" } })],
  "CloudFront.6": [() => one(distribution, {}), () => one(distribution, { webAclId: "w" })],
  "CloudFront.7": [
    () => one(distribution, { viewerCertificate: { cloudfrontDefaultCertificate: true } }),
    () => one(distribution, { viewerCertificate: { acmCertificateArn: "c" } }),
  ],
  "CloudFront.8": [
    () => one(distribution, { viewerCertificate: { sslSupportMethod: "vip" } }),
    () => one(distribution, { viewerCertificate: { sslSupportMethod: "sni-only" } }),
  ],
  "CloudFront.9": [
    () => one(distribution, { origins: [{ customOriginConfig: { originProtocolPolicy: "match-viewer" } }] }),
    () => one(distribution, { origins: [{ customOriginConfig: { originProtocolPolicy: "https-only" } }] }),
  ],
  "CloudFront.10": [
    () => one(distribution, { origins: [{ customOriginConfig: { originSslProtocols: ["SSLv3"] } }] }),
    () => one(distribution, { origins: [{ customOriginConfig: { originSslProtocols: ["TLSv1.2"] } }] }),
  ],
  "WAF.10": [() => one(webAcl, {}), () => one(webAcl, { rules: [{}] })],
  "WAF.11": [
    () => attached(webAcl, {}),
    () => attached(webAcl, {}, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "resourceArn"),
  ],
};
