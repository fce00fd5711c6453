import type { SmokeAccount } from "./account";
import { asking } from "./awsCall";

/** What AWS says of a resource that has a tag still. */
export type Remains = "deleted" | { until: string } | undefined;

/**
 * Those of some ARNs that AWS has deleted, or will. It shows a resource, tags and all, for a while after that: a NAT gateway for about an hour, an
 * ECS service and its cluster as INACTIVE, a KMS key until its days are over.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html
 * @see https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export async function remainsOf(account: SmokeAccount, arns: readonly string[]): Promise<Map<string, Remains>> {
  const asked = arns.map(async (arn): Promise<[string, Remains]> => {
    const [, service, region, resource] = /^arn:[^:]+:([^:]+):([^:]*):\d+:(.+)$/.exec(arn) ?? [];
    const kind = kinds.find(({ prefix }) => `${service}:${resource}`.startsWith(prefix));
    const id = resource?.slice(resource.indexOf("/") + 1);
    return [arn, kind && (await asking(kind.call, region!, () => kind.remains(account, region!, arn, id!)))];
  });
  return new Map(await Promise.all(asked));
}

interface Kind {
  /** Begin of `<service>:<resource>`. */
  prefix: string;
  /** What AWS is asked. */
  call: string;
  remains(account: SmokeAccount, region: string, arn: string, id: string): Promise<Remains>;
}

const kinds: Kind[] = [
  {
    prefix: "ec2:natgateway/",
    call: "ec2:DescribeNatGateways",
    remains: async (account, region, _arn, id) => {
      const { DescribeNatGatewaysCommand, EC2Client } = await import("@aws-sdk/client-ec2");
      const Filter = [{ Name: "nat-gateway-id", Values: [id] }];
      const { NatGateways = [] } = await new EC2Client(await account.config("ec2", region)).send(
        new DescribeNatGatewaysCommand({ Filter }),
      );
      return deletedUnless(NatGateways.some(({ State }) => State !== "deleted"));
    },
  },
  {
    prefix: "ec2:vpc-endpoint/",
    call: "ec2:DescribeVpcEndpoints",
    remains: async (account, region, _arn, id) => {
      const { DescribeVpcEndpointsCommand, EC2Client } = await import("@aws-sdk/client-ec2");
      const Filters = [{ Name: "vpc-endpoint-id", Values: [id] }];
      const { VpcEndpoints = [] } = await new EC2Client(await account.config("ec2", region)).send(
        new DescribeVpcEndpointsCommand({ Filters }),
      );
      // The SDK's type has its states in another case than AWS's answers.
      return deletedUnless(VpcEndpoints.some(({ State }) => State?.toLowerCase() !== "deleted"));
    },
  },
  {
    prefix: "ecs:cluster/",
    call: "ecs:DescribeClusters",
    remains: async (account, region, _arn, id) => {
      const { DescribeClustersCommand } = await import("@aws-sdk/client-ecs");
      const { clusters = [] } = await (await account.ecs(region)).send(new DescribeClustersCommand({ clusters: [id] }));
      return deletedUnless(clusters.some(({ status }) => status !== "INACTIVE"));
    },
  },
  {
    prefix: "ecs:service/",
    call: "ecs:DescribeServices",
    remains: async (account, region, _arn, id) => {
      const [cluster, service] = id.split("/");
      const found = service === undefined ? undefined : await account.ecsService(region, cluster!, service);
      return deletedUnless(found !== undefined && found.status !== "INACTIVE");
    },
  },
  {
    prefix: "ecs:task-definition/",
    call: "ecs:DescribeTaskDefinition",
    remains: async (account, region, _arn, id) => {
      const { DescribeTaskDefinitionCommand } = await import("@aws-sdk/client-ecs");
      const command = new DescribeTaskDefinitionCommand({ taskDefinition: id });
      try {
        const { taskDefinition } = await (await account.ecs(region)).send(command);
        return deletedUnless(taskDefinition?.status === "ACTIVE");
      } catch (error) {
        if ((error as Error).name === "ClientException") return "deleted";
        throw error;
      }
    },
  },
  {
    prefix: "kms:key/",
    call: "kms:DescribeKey",
    remains: async (account, region, arn) => {
      const { DescribeKeyCommand, KMSClient } = await import("@aws-sdk/client-kms");
      const { KeyMetadata } = await new KMSClient(await account.config("kms", region)).send(new DescribeKeyCommand({ KeyId: arn }));
      const { KeyState, DeletionDate } = KeyMetadata ?? {};
      return KeyState === "PendingDeletion" ? { until: DeletionDate?.toISOString().slice(0, 10) ?? "soon" } : undefined;
    },
  },
];

const deletedUnless = (isThere: boolean): Remains => (isThere ? undefined : "deleted");
