import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link PrivateEndpoints}. */
export interface PrivateEndpointsArgs {
  vpcId: pulumi.Input<string>;
  /** Range of the VPC: the only source that the endpoints admit. */
  cidrBlock: string;
  subnetIds: pulumi.Input<string[]>;
  region: string;
  /** Services besides {@link interfaceServices}, as they stand after `com.amazonaws.<region>.`, such as `sqs`. */
  additionalServices?: string[];
  /** Changes the arguments of each endpoint just before it is created. */
  transform?: (args: ec2.VpcEndpointArgs) => ec2.VpcEndpointArgs;
}

/**
 * What tasks in private subnets call: ECR and logs before their own code runs; secrets, parameters and keys as they start; SSM's message
 * channel for ECS Exec; STS and CloudWatch by the SDKs.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 */
export const interfaceServices = ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", "ssmmessages", "sts", "kms", "monitoring"];

/**
 * Interface endpoints with which tasks start and run without a way to the internet, and their security group.
 *
 * @example
 * ```ts
 * new PrivateEndpoints("dev", { vpcId: network.vpcId, cidrBlock: "10.0.0.0/16", subnetIds: network.privateSubnetIds, region: "us-east-1" });
 * ```
 */
export class PrivateEndpoints extends pulumi.ComponentResource {
  constructor(name: string, args: PrivateEndpointsArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:networking:PrivateEndpoints", name, {}, options);
    const parent = { parent: this };
    const securityGroup = new ec2.SecurityGroup(
      `${name}-endpoints`,
      { vpcId: args.vpcId, description: "VPC endpoints: HTTPS from inside the VPC" },
      parent,
    );
    new vpc.SecurityGroupIngressRule(
      `${name}-endpoints`,
      {
        securityGroupId: securityGroup.id,
        cidrIpv4: args.cidrBlock,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        description: "HTTPS from the VPC",
      },
      parent,
    );
    for (const service of [...interfaceServices, ...(args.additionalServices ?? [])]) {
      const base: ec2.VpcEndpointArgs = {
        vpcId: args.vpcId,
        serviceName: `com.amazonaws.${args.region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: args.subnetIds,
        securityGroupIds: [securityGroup.id],
      };
      new ec2.VpcEndpoint(`${name}-${service.replace(".", "-")}`, args.transform?.(base) ?? base, parent);
    }
    this.registerOutputs({});
  }
}
