import type { Bindable } from "@fairlead/data";
import type { LogSettings } from "@fairlead/foundation";
import type { ServiceSpec } from "@fairlead/manifest";
import type { LoadBalancer, Network, NetworkLoadBalancer, ServiceDiscovery } from "@fairlead/networking";
import { ServiceLogGroup, type AlarmTopic } from "@fairlead/observability";
import {
  ContainerImage,
  deployedTag,
  imageTag,
  PromotedImage,
  Repository,
  type BuildSettings,
  type CpuArchitecture,
  type Platform,
  type Promotion,
  type Release,
} from "@fairlead/registry";
import {
  EcsService,
  Job,
  logRouting,
  ScheduledJob,
  TaskDefinition,
  tracing,
  type Cluster,
  type Reachable,
  type Route,
  type TaskFeature,
} from "@fairlead/services";
import * as pulumi from "@pulumi/pulumi";

import { buildSecrets } from "./buildSecrets";
import { environmentName, pullAccountIds, region } from "./environment";
import type { ImageSource } from "./imageSources";
import { containerArgs, sidecarArgs } from "./serviceContainer";
import { alarmsOf, connects, featuresOf } from "./serviceFeatures";
import { tagging } from "./tags";

/** What the services of an environment share. */
export interface EnvironmentResources {
  network: Network;
  cluster: Cluster;
  loadBalancer: LoadBalancer;
  /** For services with `tcp`. */
  networkLoadBalancer?: NetworkLoadBalancer;
  serviceDiscovery: ServiceDiscovery;
  /** Lets services find each other through ECS Service Connect instead of DNS. */
  serviceConnect?: boolean;
  /** What `uses:` names. */
  data: ReadonlyMap<string, Bindable>;
  /** Where alarms go. No alarms without. */
  alarmTopic?: AlarmTopic;
  /** Encrypts the images of repositories that are created from now on. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Lets `pulumi destroy` delete repositories with images in them. */
  forceDeleteRepositories: boolean;
  logs: LogSettings;
}

/** Arguments of {@link Service}. */
export interface ServiceArgs extends EnvironmentResources {
  spec: ServiceSpec;
  build: BuildSettings;
  imageSource: ImageSource;
  routes: Route[];
  /** Variables for the services that this one calls. */
  calleeUrls: Record<string, string>;
  /** Jobs that must have ended well before its rollout. */
  gates: pulumi.Resource[];
}

/** One service of an environment, from its Dockerfile to its running tasks. */
export class Service extends pulumi.ComponentResource {
  readonly image: pulumi.Output<string>;
  /** What another environment would take over. */
  readonly release: pulumi.Output<Release & Partial<Promotion>>;
  /** Who its tasks are to others' security groups. */
  readonly caller: { label: string; securityGroupId: pulumi.Output<string> };
  /** Exists once a job ended well, or a service was rolled out. */
  readonly completed: pulumi.Resource;

  constructor(
    private readonly label: string,
    private readonly args: ServiceArgs,
  ) {
    super("fairlead:stacks:Service", label, {}, { transformations: tagging(args.spec) });
    const { spec, build } = args;
    const image = this.provideImage();
    const logGroup = new ServiceLogGroup(label, { logGroupName: `/fairlead/${environmentName}/${label}`, ...args.logs }, { parent: this });
    const bindings = spec.uses.map(({ name, access, containerPath }) =>
      args.data.get(name)!.bind({ serviceName: label, access, containerPath, parent: this }),
    );
    const taskDefinition = this.defineTask(image, logGroup, bindings);
    const reaches = bindings.flatMap(({ ingress }) => ingress ?? []);
    const runnable = this.run(taskDefinition, logGroup, reaches);
    deployedTag(label, { image, build }, { parent: this, dependsOn: runnable.completed });
    // Outputs say what runs: after a rollout that failed they stay as they were.
    this.image = pulumi.all([image.reference, runnable.completed.urn]).apply(([reference]) => reference);
    this.release = this.released(image, this.image);
    this.caller = runnable;
    this.completed = runnable.completed;
    this.registerOutputs({ image: this.image });
  }

  /** Builds the image, or copies the one that another environment runs. */
  private provideImage(): ContainerImage<Platform> | PromotedImage {
    const { spec, build, imageSource, kmsKeyArn, forceDeleteRepositories: forceDelete } = this.args;
    const parent = { parent: this };
    const repositoryName = `fairlead/${environmentName}/${this.label}`;
    const repository = new Repository(this.label, { repositoryName, kmsKeyArn, forceDelete, pullAccountIds }, parent);
    if (imageSource.kind === "promote") return new PromotedImage(this.label, { repository, promotion: imageSource.promotion }, parent);
    const { context, dockerfile, target, args: buildArgs, platforms, ssh } = spec.build;
    const { revision, committedAt } = imageSource.revision;
    const tag = imageTag({ version: spec.version, revision, target, buildArgs });
    const secrets = buildSecrets(spec);
    return new ContainerImage(
      this.label,
      { repository, build, tag, context, dockerfile, committedAt, target, buildArgs, platforms, secrets, ssh },
      parent,
    );
  }

  private released(
    { tag, platforms }: ContainerImage<Platform> | PromotedImage,
    reference: pulumi.Output<string>,
  ): pulumi.Output<Release & Partial<Promotion>> {
    const { imageSource } = this.args;
    const origin = imageSource.kind === "promote" ? originOf(imageSource.promotion) : { revision: imageSource.revision.revision };
    return reference.apply((image) => ({ image, tag, platforms: [...platforms], ...origin }));
  }

  private defineTask(
    image: ContainerImage<Platform> | PromotedImage,
    logGroup: ServiceLogGroup,
    bindings: TaskFeature[],
  ): TaskDefinition<CpuArchitecture> {
    const { spec, cluster, calleeUrls } = this.args;
    const { containerPort } = spec;
    return new TaskDefinition<CpuArchitecture>(
      this.label,
      {
        family: `${environmentName}-${this.label}`,
        cpuArchitecture: spec.runtimePlatform.cpuArchitecture,
        compatibility: cluster.compatibilityOf(spec.capacityProviderStrategy),
        networkMode: spec.networkMode,
        cpu: spec.cpu,
        memoryMiB: spec.memoryMiB,
        ephemeralStorageGiB: spec.ephemeralStorageGiB,
        containers: {
          [this.label]: {
            ...containerArgs(spec),
            image,
            appProtocol: containerPort && connects(this.args) ? "http" : undefined,
            environment: { AWS_REGION: region, ...(containerPort && { PORT: String(containerPort) }), ...calleeUrls, ...spec.environment },
          },
        },
        features: [
          ...bindings,
          ...(spec.tracing ? [tracing(spec.tracing)] : []),
          ...(spec.logRouting ? [logRouting(spec.logRouting)] : []),
          { sidecars: Object.fromEntries(Object.entries(spec.sidecars).map(([name, sidecar]) => [name, sidecarArgs(sidecar)])) },
        ],
        executeCommand: spec.enableExecuteCommand ? cluster : undefined,
        logGroup,
        region,
      },
      { parent: this },
    );
  }

  /** Brings the task out in the way of its kind. */
  private run(taskDefinition: TaskDefinition<CpuArchitecture>, logGroup: ServiceLogGroup, reaches: Reachable[]) {
    const { spec, cluster, network } = this.args;
    const { capacityProviderStrategy } = spec;
    const shared = { cluster, network, taskDefinition, reaches, capacityProviderStrategy };
    const after = this.args.gates;
    const parent = { parent: this };
    if (spec.kind === "job") {
      return new Job(this.label, { ...shared, logGroup, region, timeoutMinutes: spec.timeoutMinutes }, parent);
    }
    if (spec.kind === "scheduled-job") {
      const { schedule, timezone, retries } = spec;
      const kmsKeyArn = this.args.kmsKeyArn;
      return new ScheduledJob(this.label, { ...shared, after, schedule: schedule!, timezone, retries, kmsKeyArn }, parent);
    }
    return new EcsService(
      this.label,
      {
        ...shared,
        containerName: spec.containerPort ? this.label : undefined,
        containerPort: spec.containerPort,
        desiredCount: spec.desiredCount,
        placement: spec.placement,
        deployment: spec.deployment,
        features: featuresOf(this.args, logGroup),
        alarms: alarmsOf(this.args),
        after,
      },
      parent,
    );
  }
}

/** What a promoted image was built from, and who decided to take it over when. */
function originOf({ revision, from, by, at }: Promotion) {
  return { revision, from, by, at };
}
