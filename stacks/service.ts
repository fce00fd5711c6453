import { relative } from "node:path";
import type { ServiceSpec } from "@fairlead/manifest";
import type { LoadBalancer, Network, ServiceDiscovery } from "@fairlead/networking";
import { ServiceLogGroup, type ServiceLogGroupArgs } from "@fairlead/observability";
import { ContainerImage, Repository, type BuildSettings } from "@fairlead/registry";
import { discovery, FargateService, loadBalancing, TaskDefinition, type Cluster, type Route } from "@fairlead/services";
import * as pulumi from "@pulumi/pulumi";

import { environmentName, region } from "./environment";

/** What the services of an environment share. */
export interface EnvironmentResources {
  network: Network;
  cluster: Cluster;
  loadBalancer: LoadBalancer;
  serviceDiscovery: ServiceDiscovery;
  /** Lets `pulumi destroy` delete repositories with images in them. */
  forceDeleteRepositories: boolean;
  retentionInDays: ServiceLogGroupArgs["retentionInDays"];
}

/** Arguments of {@link Service}. */
export interface ServiceArgs extends EnvironmentResources {
  spec: ServiceSpec;
  build: BuildSettings;
  /** What the sources were built from, for the image's tag. */
  revision: string;
  routes: Route[];
  /** Variables for the services that this one calls. */
  calleeUrls: Record<string, string>;
}

/** One service of an environment, from its Dockerfile to its running tasks. */
export class Service extends pulumi.ComponentResource {
  readonly image: pulumi.Output<string>;
  readonly fargateService: FargateService;

  constructor(name: string, args: ServiceArgs) {
    super("fairlead:stacks:Service", name);
    const { spec, network, loadBalancer, cluster, serviceDiscovery, routes } = args;
    const { containerPort } = spec;
    const parent = { parent: this };

    const repository = new Repository(
      name,
      { repositoryName: `fairlead/${environmentName}/${name}`, forceDelete: args.forceDeleteRepositories },
      parent,
    );
    const image = new ContainerImage(
      name,
      {
        repository,
        build: args.build,
        tag: `${spec.version}-${args.revision}`,
        context: fromProgram(spec.build.context),
        dockerfile: fromProgram(spec.build.dockerfile),
        target: spec.build.target,
        buildArgs: spec.build.args,
        platforms: spec.build.platforms,
      },
      parent,
    );
    const logGroup = new ServiceLogGroup(
      name,
      { logGroupName: `/fairlead/${environmentName}/${name}`, retentionInDays: args.retentionInDays },
      parent,
    );
    const taskDefinition = new TaskDefinition(
      name,
      {
        family: `${environmentName}-${name}`,
        cpuArchitecture: spec.runtimePlatform.cpuArchitecture,
        cpu: spec.cpu,
        memoryMiB: spec.memoryMiB,
        containers: {
          [name]: {
            image,
            containerPort,
            environment: { PORT: String(containerPort), ...args.calleeUrls, ...spec.environment },
            stopTimeoutSeconds: spec.stopTimeoutSeconds,
          },
        },
        logGroup,
        region,
      },
      parent,
    );
    this.fargateService = new FargateService(
      name,
      {
        cluster,
        network,
        taskDefinition,
        containerName: name,
        containerPort,
        desiredCount: spec.desiredCount,
        features: [
          ...(routes.length > 0 ? [loadBalancing({ network, loadBalancer, routes, healthCheck: spec.healthCheck })] : []),
          discovery(serviceDiscovery),
        ],
      },
      parent,
    );
    this.image = image.reference;
    this.registerOutputs({ image: this.image });
  }
}

/** Paths relative to the program's folder give the same state in every clone. */
function fromProgram(path: string): string {
  return relative(__dirname, path);
}
