import type { Access, BindingNames, CpuArchitecture, DataKind, Platform } from "@fairlead/model";

import type { SetGuardRails } from "./guardRails";
import type { ServiceKind, ServiceManifest } from "./schema/service";

/** A path, and perhaps a host, that leads to the service. */
export interface RouteSpec {
  path: string;
  host?: string;
  sourceIps?: string[];
  /** Of its rule at the load balancer. Of the route itself by default. */
  priority?: number;
}

/**
 * One service in one environment: the manifest with the environment's values and defaults filled in. Plain data. A key that is not here goes to
 * a component as it is.
 */
export type ServiceSpec = Omit<ServiceManifest, keyof FilledIn | "environments"> & FilledIn;

/** The keys that are filled in, or read otherwise than they are written. */
interface FilledIn {
  name: string;
  kind: ServiceKind;
  version: string;
  /** Tags of its AWS resources. */
  tags: Record<string, string>;
  /** Absolute path of the service.yaml. */
  file: string;
  /** How its image is built; undefined where `image` names one that others build. */
  build?: BuildSpec;
  runtimePlatform: { cpuArchitecture: CpuArchitecture };
  /** CPU units. */
  cpu: number;
  memoryMiB: number;
  desiredCount: number;
  routes: RouteSpec[];
  healthCheck: NonNullable<ServiceManifest["healthCheck"]> & { path: string; intervalSeconds: number; timeoutSeconds: number };
  calls: string[];
  uses: { name: string; access: Access; as?: BindingNames; containerPath?: string }[];
  environment: Record<string, string>;
  secrets: NonNullable<ServiceManifest["secrets"]>;
  stopTimeoutSeconds: number;
  sidecars: NonNullable<ServiceManifest["sidecars"]>;
  enableExecuteCommand: boolean;
  before: string[];
}

/** How a service's image is built. */
export interface BuildSpec {
  /** Absolute paths. */
  context: string;
  dockerfile: string;
  target?: string;
  args: Record<string, string>;
  /** Environment variable by id. */
  secrets: Record<string, string>;
  ssh?: string[];
  platforms: Platform[];
}

/** What an environment decides for services that don't say otherwise. */
export interface EnvironmentDefaults {
  cpuArchitecture: CpuArchitecture;
  /** Platforms that images are built for besides the one that the task needs. None by default. */
  additionalPlatforms?: Platform[];
  desiredCount: number;
  /**
   * Whether tasks run in public subnets, each with a public IPv4 address: an environment without NAT gateways, whose tasks need the internet. False by default:
   * Security Hub's ECS.2 asks for none.
   */
  assignPublicIp?: boolean;
}

/** What an environment offers to its services, by name. */
export interface EnvironmentOffers {
  /** Data resources that `uses:` may name. None by default. */
  data?: Record<string, DataKind>;
  /** Capacity providers that a strategy may name, besides FARGATE and FARGATE_SPOT. */
  capacityProviders?: string[];
  /** Whether services find each other through Service Connect, by their plain names. False by default: by DNS, under the environment's domain. */
  serviceConnect?: boolean;
  /** Whether it has a network load balancer, which `tcp:` needs. False by default. */
  networkLoadBalancer?: boolean;
  /** Whether it has an internal load balancer, which services with `internal` need. False by default. */
  internalLoadBalancer?: boolean;
  /** Platforms that its builder can run programs of; undefined where nobody can tell. Asked only for Dockerfiles that need it. */
  builderPlatforms?: () => readonly string[] | undefined;
  /** Platforms that are built for a task that needs one, where they are not those of `build`: a laptop builds for itself. */
  builtPlatforms?: (needed: Platform) => readonly string[];
  /** What the platform team allows. Everything by default. */
  guardRails?: SetGuardRails;
  /** Registries, or folders of them, that images of others may come from. Any by default. */
  allowedRegistries?: readonly string[];
  /** Registries, or folders of them, of whose images it is said who must have signed them; an image of another is refused. Any by default. */
  signedRegistries?: readonly string[];
  /** Listener rules that its load balancer may have. 100 by default, AWS's own quota. */
  loadBalancerRules?: number;
}
