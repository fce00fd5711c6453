import type { Bindable } from "@fairlead/data";
import type { LogSettings } from "@fairlead/foundation";
import type { ServiceSpec } from "@fairlead/manifest";
import type { Network, NetworkLoadBalancer, ServiceDiscovery, ServiceLoadBalancer } from "@fairlead/networking";
import type { AlarmTopic, ServiceLogGroup } from "@fairlead/observability";
import type { BuildSettings } from "@fairlead/registry";
import type { Cluster, LoadBalancingArgs, Route } from "@fairlead/services";
import type * as pulumi from "@pulumi/pulumi";

import type { ImageSource } from "./imageSources";
import type { Settings } from "./settings";

/** What the services of an environment share. */
export interface EnvironmentResources {
  settings: Settings;
  network: Network;
  cluster: Cluster;
  loadBalancer: ServiceLoadBalancer;
  /**
   * Where clients find what `loadBalancer` leads to, for `publicUrls`: of what stands in front of it, such as an `Edge`. The load balancer's own `url` by default.
   */
  publicUrl?: pulumi.Input<string>;
  /** For services with `internal`: one whose `internal` is true. */
  internalLoadBalancer?: ServiceLoadBalancer;
  /** For services with `tcp`. */
  networkLoadBalancer?: NetworkLoadBalancer;
  serviceDiscovery: ServiceDiscovery;
  /** Lets services find each other through ECS Service Connect instead of DNS. */
  serviceConnect?: boolean;
  /** What `uses:` names. */
  data: ReadonlyMap<string, Bindable>;
  /** Where alarms go. No alarms without. */
  alarmTopic?: AlarmTopic;
  /** Encrypts the images of repositories that are created from now on; those that exist keep the encryption that they have. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Lets `pulumi destroy` delete repositories with images in them. */
  forceDeleteRepositories: boolean;
  logs: LogSettings;
}

/** Arguments of `Service`. */
export interface ServiceArgs extends EnvironmentResources {
  spec: ServiceSpec;
  build: BuildSettings;
  imageSource: ImageSource;
  routes: Route[];
  /** Names that no listener rule takes over, as those of several services can have had them. */
  ambiguousNames: LoadBalancingArgs["ambiguousNames"];
  /** Those that services route their logs to, by name. */
  routedLogGroups: ReadonlyMap<string, ServiceLogGroup>;
  /** Variables for the services that this one calls. */
  calleeUrls: Record<string, string>;
  /** Variables with addresses at which others than services find a service. */
  publicUrls: Record<string, pulumi.Input<string>>;
  /** Jobs that must have ended well, services that must be there, and openings of those that it calls, before its rollout or its run. */
  gates: pulumi.Input<pulumi.Resource>[];
}
