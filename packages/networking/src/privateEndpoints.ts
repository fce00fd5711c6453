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
}

/**
 * Services that a Fargate task calls before its own code runs.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
const interfaceServices = ["ecr.api", "ecr.dkr", "logs"];

/** VPC endpoints with which tasks start without a way to the internet: ECR, CloudWatch Logs, and S3 for the image's layers. */
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
    for (const service of interfaceServices) {
      new ec2.VpcEndpoint(
        `${name}-${service.replace(".", "-")}`,
        {
          vpcId: args.vpcId,
          serviceName: `com.amazonaws.${args.region}.${service}`,
          vpcEndpointType: "Interface",
          privateDnsEnabled: true,
          subnetIds: args.subnetIds,
          securityGroupIds: [securityGroup.id],
        },
        parent,
      );
    }
    const routeTables = ec2.getRouteTablesOutput({ vpcId: args.vpcId }, parent).ids;
    new ec2.VpcEndpoint(
      `${name}-s3`,
      { vpcId: args.vpcId, serviceName: `com.amazonaws.${args.region}.s3`, vpcEndpointType: "Gateway", routeTableIds: routeTables },
      parent,
    );
    this.registerOutputs({});
  }
}
