import { withOwnNames } from "@fairlead/data";
import { imageTag, type Promotion, type Release } from "@fairlead/images";
import type { ServiceSpec } from "@fairlead/manifest";
import {
  imageTagParts,
  logGroupNameIn,
  platformOf,
  platforms,
  portVariable,
  reachedAt,
  regionVariable,
  repositoryNameIn,
  serviceType,
  type CpuArchitecture,
  type Platform,
} from "@fairlead/model";
import { ServiceLogGroup } from "@fairlead/observability";
import { ContainerImage, DeployedTag, ExternalImage, KeptImage, PromotedImage, Repository } from "@fairlead/registry";
import { EcsService, Job, ScheduledJob, TaskDefinition, tracing, type Reachable, type TaskFeature } from "@fairlead/services";
import * as pulumi from "@pulumi/pulumi";

import { buildSecrets } from "./buildSecrets";
import { admissionArgs } from "./imageAdmission";
import type { ImageSource } from "./imageSources";
import { portableSpec } from "./portableSpec";
import { routedLogs } from "./routedLogs";
import type { ServiceArgs } from "./serviceArgs";
import { composedEnvironment } from "./composedEnvironment";
import { exportedValues } from "./exportedValues";
import { containerArgs, sidecarArgs } from "./serviceContainer";
import { permissionStatements } from "./permissionStatements";
import { alarmsOf, connects, featuresOf } from "./serviceFeatures";
import { tagging } from "./tags";

/** What a service runs of its own repository: built here, taken over from another environment, or rolled back to. */
type OwnImage = ContainerImage<Platform> | PromotedImage | KeptImage;
type ServiceImage = OwnImage | ExternalImage<Platform>;

/** One service of an environment, from its Dockerfile to its running tasks. */
export class Service extends pulumi.ComponentResource {
  readonly image: pulumi.Output<string>;
  /** What another environment would take over; nothing where others build the image. */
  readonly release: pulumi.Output<Release & Partial<Promotion>> | undefined;
  /** Who its tasks are to others' security groups. */
  readonly caller: { label: string; securityGroupId: pulumi.Output<string> };
  /** Exists once a job ended well, or a service was rolled out. */
  readonly completed: pulumi.Resource;
  private readonly label: string;

  constructor(
    name: string,
    private readonly args: ServiceArgs,
  ) {
    const imageTag = tagOf(args.spec, args.imageSource);
    super(
      serviceType,
      name,
      { spec: portableSpec(args.spec, args.settings.folders.root), imageTag, ...pinOf(args) },
      { transformations: tagging(args.spec) },
    );
    this.label = name;
    const { spec, settings } = args;
    const image = this.provideImage(imageTag);
    const logGroupName = logGroupNameIn(settings.environmentName, name);
    const logGroup = new ServiceLogGroup(name, { logGroupName, ...args.logs }, { parent: this });
    const bindings = spec.uses.map(({ name, access, as, containerPath }) => {
      const data = args.data.get(name)!;
      return withOwnNames(data.bind({ serviceName: this.label, access, as, containerPath, parent: this }), data.kind, name, as);
    });
    const routes = spec.logRouting ? [routedLogs(spec.logRouting, args, { group: logGroup, name: logGroupName })] : [];
    const given = Object.assign({}, ...bindings.map(({ environment }) => environment)) as Record<string, pulumi.Input<string>>;
    const taskDefinition = this.defineTask(image, logGroup, [...bindings, ...routes], given);
    const reaches = bindings.flatMap(({ ingress }) => ingress ?? []);
    const runnable = this.run(taskDefinition, logGroup, reaches);
    const isOwn = !(image instanceof ExternalImage);
    if (isOwn) new DeployedTag(name, image, { parent: this, dependsOn: runnable.completed });
    // Outputs say what runs: after a rollout that failed they stay as they were.
    this.image = pulumi.all([taskDefinition.images[name]!, runnable.completed.urn]).apply(([reference]) => reference);
    this.release = isOwn ? this.released(image, this.image) : undefined;
    this.caller = runnable;
    this.completed = runnable.completed;
    this.registerOutputs({ image: this.image });
  }

  /** Builds the image, copies the one that another environment runs, or takes the one that was rolled back to, or that others build. */
  private provideImage(tag: string | undefined): ServiceImage {
    const { spec, build, imageSource, kmsKeyArn, forceDeleteRepositories: forceDelete, settings } = this.args;
    if (imageSource.kind === "external") return new ExternalImage(imageSource.image, platforms);
    const pullAccountIds = [...settings.pullAccountIds];
    const parent = { parent: this };
    const repositoryName = repositoryNameIn(settings.environmentName, this.label);
    const importExisting = settings.importRepositories.includes(this.label);
    const repository = new Repository(this.label, { repositoryName, kmsKeyArn, forceDelete, pullAccountIds, importExisting }, parent);
    if (imageSource.kind === "promote") return new PromotedImage(this.label, { repository, promotion: imageSource.promotion }, parent);
    if (imageSource.kind === "pin") {
      const needed = [platformOf(spec.runtimePlatform.cpuArchitecture)];
      return new KeptImage({ repository, platforms: needed, ...imageSource.pin });
    }
    const { args: buildArgs, ...sources } = imageSource.build;
    const { committedAt } = imageSource.revision;
    const secrets = buildSecrets(this.label, imageSource.build);
    return new ContainerImage(this.label, { ...sources, repository, build, tag: tag!, committedAt, buildArgs, secrets }, parent);
  }

  private released({ tag, platforms }: OwnImage, reference: pulumi.Output<string>): pulumi.Output<Release & Partial<Promotion>> {
    const origin = originOf(this.args.imageSource);
    return reference.apply((image) => ({ image, tag, platforms: [...platforms], ...origin }));
  }

  /** @param given variables that its bindings bring */
  private defineTask(
    image: ServiceImage,
    logGroup: ServiceLogGroup,
    features: TaskFeature[],
    given: Record<string, pulumi.Input<string>>,
  ): TaskDefinition<CpuArchitecture> {
    const { spec, cluster, calleeUrls, publicUrls, settings } = this.args;
    const { environmentName, region } = settings;
    const { containerPort } = spec;
    const reached = reachedAt(spec)?.containerName;
    const environment = {
      [regionVariable]: region,
      ...(containerPort && { [portVariable]: String(containerPort) }),
      ...calleeUrls,
      ...publicUrls,
      ...exportedValues(spec.cloudFormationExports),
      ...spec.environment,
    };
    const connected = (container: string) => (container === reached && connects(this.args) ? "http" : undefined);
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
            ...containerArgs(spec, region),
            image,
            appProtocol: connected(this.label),
            environment: { ...environment, ...composedEnvironment(spec.composedEnvironment, { ...given, ...environment }) },
          },
        },
        features: [
          ...features,
          ...(spec.tracing ? [tracing(spec.tracing)] : []),
          {
            sidecars: Object.fromEntries(
              Object.entries(spec.sidecars).map(([name, sidecar]) => [
                name,
                { ...sidecarArgs(sidecar, region), appProtocol: connected(name) },
              ]),
            ),
          },
        ],
        taskRoleStatements: permissionStatements(spec.permissions),
        executeCommand: spec.enableExecuteCommand ? cluster : undefined,
        admission: admissionArgs(settings, this.label, image instanceof ExternalImage ? undefined : image.repository),
        hasAllVariables: true,
        logGroup,
        region,
      },
      { parent: this },
    );
  }

  /** Brings the task out in the way of its kind. */
  private run(taskDefinition: TaskDefinition<CpuArchitecture>, logGroup: ServiceLogGroup, reaches: Reachable[]) {
    const { spec, cluster, network, settings } = this.args;
    const { capacityProviderStrategy, assignPublicIp, securityGroups } = spec;
    const shared = {
      cluster,
      network,
      assignPublicIp,
      securityGroups,
      taskDefinition,
      reaches,
      capacityProviderStrategy,
      after: this.args.gates,
    };
    const parent = { parent: this };
    if (spec.kind === "job") {
      return new Job(this.label, { ...shared, logGroup, region: settings.region, timeoutMinutes: spec.timeoutMinutes }, parent);
    }
    if (spec.kind === "scheduled-job") {
      const { schedule, state, timezone, retries, retryAttempts, timeoutMinutes } = spec;
      const { kmsKeyArn, alarmTopic } = this.args;
      const when = { schedule: schedule!, state, timezone, retries, retryAttempts, timeoutMinutes };
      return new ScheduledJob(this.label, { ...shared, ...when, kmsKeyArn, alarmTopicArn: alarmTopic?.arn }, parent);
    }
    return new EcsService(
      this.label,
      {
        ...shared,
        ...reachedAt(spec),
        desiredCount: spec.desiredCount,
        placement: spec.placement,
        deployment: spec.deployment,
        features: featuresOf(this.args, logGroup),
        alarms: alarmsOf(this.args),
      },
      parent,
    );
  }
}

/** The tag of the image: of the build's inputs, or the one that was promoted or pinned. One that others build has none of ours. */
function tagOf({ version }: ServiceSpec, source: ImageSource): string | undefined {
  if (source.kind === "external") return undefined;
  if (source.kind === "promote") return source.promotion.tag;
  if (source.kind === "pin") return source.pin.tag;
  const { target, args: buildArgs } = source.build;
  return imageTag({ version, revision: source.revision.revision, target, buildArgs });
}

/** What a plan shows of an image that is pinned. */
function pinOf({ imageSource }: ServiceArgs): { pinnedImage?: string } {
  return imageSource.kind === "pin" ? { pinnedImage: imageSource.pin.digest } : {};
}

/** What an image was built from; of a promoted one also who decided to take it over when. */
function originOf(source: ImageSource): Pick<Release, "revision"> & Partial<Promotion> {
  if (source.kind === "build") return { revision: source.revision.revision };
  if (source.kind === "external") return { revision: source.image };
  if (source.kind === "pin") return { revision: imageTagParts(source.pin.tag)?.revision ?? source.pin.tag };
  const { revision, from, by, at } = source.promotion;
  return { revision, from, by, at };
}
