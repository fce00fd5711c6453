import type { DataNeed } from "./dataNeed";

/** What an environment needs that its composition or its configuration says. */
export interface StackNeeds {
  name: string;
  /** Domain in which programs know each other. */
  namespaceName: string;
  /** Programs name others without that domain. */
  searchesNames?: boolean;
  /** Where it is, where the source says it. */
  region?: string;
  /** Whose it is, where the source says it. */
  accountId?: string;
  cidrBlock?: string;
  certificateArn?: string;
  /** A network that is there already. */
  adopted?: { vpcId: string; publicSubnetIds: string[]; privateSubnetIds: string[] };
  /** Some of its tasks are in private subnets. */
  natGateway: boolean;
  /** A load balancer that is there already, by its ARN or its name. */
  existingLoadBalancer?: { arn: string } | { name: string };
  /** Data that is there already, under its name here. */
  existingData: DataNeed[];
  /** Ranges that the load balancer admits, where the source says it. */
  cidrBlocks?: string[];
  /** One beside the other, which the network alone reaches. */
  internalLoadBalancer?: {
    certificateArn?: string;
    sslPolicy?: string;
    /** Where it is, if not in the private subnets of the network. */
    subnetIds?: string[];
  };
  /** Which TLS the load balancer speaks, where the source says it. */
  sslPolicy?: string;
  containerInsights: boolean;
  /** All traffic of the network is logged. */
  flowLogs: boolean;
  accessLogs: boolean;
  networkLoadBalancer: boolean;
  logRetentionDays: number;
  /** Alarms roll back deployments. */
  alarms: boolean;
}
