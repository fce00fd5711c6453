import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";

/** Services with a gateway endpoint: they cost nothing, and image layers come from S3, past the NAT gateway's price per gigabyte. */
export const gatewayServices = ["s3", "dynamodb"];

/** Routes to S3 and DynamoDB from every subnet of a VPC. */
export function gatewayEndpoints(
  name: string,
  args: { vpc: pulumi.Resource; vpcId: pulumi.Output<string>; region: string },
  parent: pulumi.Resource,
): ec2.VpcEndpoint[] {
  // The route tables are the VPC component's children, so the question waits for all of it and not for the VPC's id alone.
  const routeTableIds = ec2.getRouteTablesOutput({ vpcId: args.vpcId }, { parent, dependsOn: [args.vpc] }).ids;
  return gatewayServices.map(
    (service) =>
      new ec2.VpcEndpoint(
        `${name}-${service}`,
        { vpcId: args.vpcId, serviceName: `com.amazonaws.${args.region}.${service}`, vpcEndpointType: "Gateway", routeTableIds },
        { parent },
      ),
  );
}
