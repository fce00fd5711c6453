import { containerDefinitions } from "./containerDefinitions";
import {
  added,
  asList,
  firstOf,
  gains,
  harmless,
  harmlessOnes,
  interrupts,
  isUnknown,
  itemsBeyond,
  lessProtected,
  loses,
  lowered,
  members,
  noCapacity,
  opened,
  raised,
  removed,
  turnedOff,
  turnedOn,
  unknown,
  unreachable,
  whenever,
  type Judge,
  type Judges,
} from "./judge";

const fewerTasks = lessProtected("Fewer tasks serve: each has more to do, and fewer are left when one or its zone fails.");
const noTasks = noCapacity("No task runs: nobody answers, and nothing is worked off.");

/** A number of tasks or instances; none is another thing than fewer. */
const count: Judge = (change) =>
  !isUnknown(change.after) && Number(change.after ?? 0) === 0 && Number(change.before ?? 0) !== 0
    ? noTasks
    : lowered(fewerTasks, 0)(change);

const smallerTask = (what: string) =>
  lowered(lessProtected(`Each task has less ${what}. If it needs more than that, it is ${what === "memory" ? "killed" : "slower"}.`));

const onSpotAlone: Judge = ({ before, after }) => {
  const used = (value: unknown) =>
    asList(value).filter((item) => Number((item as { weight?: number }).weight ?? 0) + Number((item as { base?: number }).base ?? 0) > 0);
  const isSpotAlone = (value: unknown) => used(value).length > 0 && used(value).every((item) => /SPOT/.test(JSON.stringify(item)));
  return isSpotAlone(after) && !isSpotAlone(before)
    ? lessProtected("All tasks run on Spot: AWS may end them all with two minutes' notice, and may have none to give.")
    : undefined;
};
const withoutBase: Judge = ({ before, after }) => {
  const base = (value: unknown) => asList(value).reduce<number>((sum, item) => sum + Number((item as { base?: number }).base ?? 0), 0);
  return base(after) < base(before)
    ? lessProtected("Fewer tasks are certain to run on the first capacity provider of the strategy.")
    : undefined;
};

/** ECS, what scales it, and the instances below it. */
export const containers: Readonly<Record<string, Judges>> = {
  "aws:ecs/cluster:Cluster": {
    ...harmlessOnes("tags serviceConnectDefaults"),
    settings: ({ before, after }) =>
      /enabled|enhanced/.test(JSON.stringify(before ?? "")) && !/enabled|enhanced/.test(JSON.stringify(after ?? ""))
        ? lessProtected("Container Insights no longer measures tasks; alarms on its metrics see nothing.")
        : undefined,
    configuration: whenever(lessProtected("Sessions of ECS Exec, or its storage, are logged or encrypted otherwise than before.")),
  },
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": {
    capacityProviders: loses(interrupts("Services that use one that goes can start no task; ECS refuses while one does.")),
    defaultCapacityProviderStrategies: firstOf(onSpotAlone, withoutBase),
  },
  "aws:ecs/capacityProvider:CapacityProvider": {
    tags: harmless,
    autoScalingGroupProvider: members({
      managedScaling: harmless,
      managedTerminationProtection: ({ after }) =>
        after === "DISABLED" ? lessProtected("Scaling in ends instances with tasks on them.") : undefined,
      managedDraining: ({ after }) =>
        after === "DISABLED" ? lessProtected("Tasks of an instance that ends are not moved to another one first.") : undefined,
    }),
    managedInstancesProvider: whenever(unknown("Instances are made otherwise than before; those that run are exchanged.")),
  },
  "aws:ecs/service:Service": {
    ...harmlessOnes(
      "tags taskDefinition forceNewDeployment waitForSteadyState propagateTags enableEcsManagedTags triggers availabilityZoneRebalancing",
    ),
    ...harmlessOnes("platformVersion sigintRollback deploymentController"),
    healthCheckGracePeriodSeconds: (change) =>
      // Without a load balancer nothing is checked by it.
      asList(change.is.inputs.loadBalancers).length === 0
        ? undefined
        : lowered(interrupts("Tasks that take longer to start are ended before they answer."), 0)(change),
    desiredCount: count,
    deploymentMinimumHealthyPercent: lowered(interrupts("While it rolls out, fewer tasks than before may be left; at 0 none."), 100),
    deploymentMaximumPercent: lowered(
      interrupts("While it rolls out, fewer new tasks may start beside the old ones; at 100 none before an old one has ended."),
      200,
    ),
    deploymentCircuitBreaker: ({ after }) => {
      const { enable, rollback } = (after ?? {}) as { enable?: boolean; rollback?: boolean };
      if (enable && rollback) return undefined;
      return lessProtected(
        enable ? "A revision that fails is not taken back." : "A revision that fails is tried again and again, and not taken back.",
      );
    },
    deploymentConfiguration: members({
      strategy: ({ after }) =>
        after === "ROLLING"
          ? lessProtected("No part of the requests tries a new revision first: what is wrong with it meets whoever reaches its tasks.")
          : undefined,
      bakeTimeInMinutes: lowered(lessProtected("ECS watches a new revision for less time before it ends the old one.")),
      canaryConfiguration: harmless,
      linearConfiguration: harmless,
      lifecycleHooks: loses(lessProtected("A check that gates its deployments is gone.")),
    }),
    alarms: ({ before, after }) => {
      const names = (value: unknown) => (value as { alarmNames?: unknown[]; enable?: boolean; rollback?: boolean } | undefined) ?? {};
      const [was, is] = [names(before), names(after)];
      const less =
        (is.enable ?? true) === false || (was.rollback && !is.rollback) || asList(was.alarmNames).length > asList(is.alarmNames).length;
      return less ? lessProtected("Fewer alarms take back a revision that fails.") : undefined;
    },
    capacityProviderStrategies: firstOf(onSpotAlone, withoutBase),
    networkConfiguration: members({
      assignPublicIp: turnedOn(lessProtected("Its tasks get public addresses: their security group alone stands before them.")),
      subnets: whenever(interrupts("Its tasks move to other subnets, with what routes and endpoints those have.")),
      securityGroups: whenever(lessProtected("Other security groups decide who reaches its tasks, and whom they reach.")),
    }),
    loadBalancers: ({ before, after }) => {
      const groups = (value: unknown) => asList(value).map((item) => (item as { targetGroupArn?: unknown }).targetGroupArn);
      return itemsBeyond(groups(before), groups(after)).length > 0
        ? interrupts("Its tasks leave a target group: rules that lead there find nobody.")
        : undefined;
    },
    serviceRegistries: removed(unreachable("Callers no longer find it by name.")),
    serviceConnectConfiguration: whenever(interrupts("Names and ports by which other services find it, or it finds them, may change.")),
    enableExecuteCommand: turnedOn(lessProtected("Whoever has the permission may open a shell in its containers.")),
    placementConstraints: whenever(interrupts("Tasks may find no instance to start on.")),
    orderedPlacementStrategies: harmless,
    volumeConfiguration: whenever(unknown("Its tasks get other volumes.")),
    vpcLatticeConfigurations: whenever(unknown("Requests reach it another way.")),
  },
  "aws:ecs/taskDefinition:TaskDefinition": {
    ...harmlessOnes("tags family skipDestroy trackLatest requiresCompatibilities enableFaultInjection"),
    containerDefinitions,
    cpu: smallerTask("processor time"),
    memory: smallerTask("memory"),
    ephemeralStorage: ({ before, after }) =>
      lowered(
        lessProtected("Each task has less room on its disk."),
        20,
      )({
        before: sizeOf(before),
        after: sizeOf(after),
      } as Parameters<Judge>[0]),
    runtimePlatform: ({ is }) =>
      asList(is.inputs.requiresCompatibilities).includes("EC2")
        ? interrupts("Its tasks start on instances of that platform alone: without one, none starts.")
        : undefined,
    executionRoleArn: whenever(interrupts("Another role pulls its images and reads its secrets: if it may not, no task starts.")),
    taskRoleArn: whenever(interrupts("Its program has another role's permissions.")),
    networkMode: whenever(interrupts("Its ports and names are found another way.")),
    pidMode: added(lessProtected("Containers see each other's processes, or the host's.")),
    ipcMode: added(lessProtected("Containers share memory, or the host's.")),
    placementConstraints: whenever(interrupts("Tasks may find no instance to start on.")),
    proxyConfiguration: whenever(unknown("Requests pass another proxy.")),
    volumes: ({ before, after }) => {
      const texts = (value: unknown) => asList(value).map((item) => JSON.stringify(item));
      return texts(before).some((text) => /efs|docker/i.test(text) && !texts(after).includes(text))
        ? interrupts("Its containers see another folder, or none, where their files were. The files stay where they are.")
        : texts(after).some((text) => /"hostPath":"/.test(text) && !texts(before).includes(text))
          ? opened("Its containers reach a folder of their host.")
          : undefined;
    },
  },
  "aws:appautoscaling/target:Target": {
    tags: harmless,
    minCapacity: (change) =>
      !isUnknown(change.after) && Number(change.after) === 0 && Number(change.before ?? 0) !== 0
        ? interrupts("It may be scaled in to no task at all.")
        : lowered(fewerTasks, 0)(change),
    maxCapacity: (change) =>
      Number(change.after) === 0 ? noTasks : lowered(lessProtected("Under load fewer tasks start than before."))(change),
    suspendedState: whenever(lessProtected("Scaling is suspended, or goes on, otherwise than before.")),
  },
  "aws:appautoscaling/policy:Policy": {
    ...harmlessOnes("policyType"),
    targetTrackingScalingPolicyConfiguration: members({
      ...harmlessOnes("scaleInCooldown scaleOutCooldown"),
      targetValue: raised(lessProtected("More tasks start later than before: at a higher load.")),
      disableScaleIn: harmless,
      predefinedMetricSpecification: whenever(lessProtected("Another measure decides how many tasks run.")),
      customizedMetricSpecification: whenever(lessProtected("Another measure decides how many tasks run.")),
    }),
    stepScalingPolicyConfiguration: whenever(unknown("Tasks are started and ended by other steps.")),
    predictiveScalingPolicyConfiguration: whenever(unknown("Tasks are started and ended by another forecast.")),
  },
  "aws:appautoscaling/scheduledAction:ScheduledAction": {
    ...harmlessOnes("schedule timezone startTime endTime"),
    scalableTargetAction: ({ after }) => {
      const { minCapacity, maxCapacity } = (after ?? {}) as { minCapacity?: unknown; maxCapacity?: unknown };
      return [minCapacity, maxCapacity].some((value) => value !== undefined && Number(value) === 0)
        ? interrupts("At its times no task may run.")
        : undefined;
    },
  },
  "aws:autoscaling/group:Group": {
    ...harmlessOnes(
      "tags instanceRefresh launchTemplate defaultCooldown healthCheckGracePeriod healthCheckType defaultInstanceWarmup metricsGranularity enabledMetrics maxInstanceLifetime",
    ),
    ...harmlessOnes("mixedInstancesPolicy terminationPolicies forceDelete waitForCapacityTimeout capacityRebalance desiredCapacityType"),
    minSize: lowered(lessProtected("Fewer instances are certain to be there.")),
    maxSize: (change) =>
      Number(change.after) === 0 ? noTasks : lowered(lessProtected("Under load fewer instances start than before."))(change),
    desiredCapacity: count,
    protectFromScaleIn: turnedOff(lessProtected("Scaling in ends instances with tasks on them.")),
    vpcZoneIdentifiers: loses(interrupts("Instances of a subnet that is left move to the others.")),
    availabilityZones: loses(interrupts("Instances of a zone that is left move to the others.")),
    suspendedProcesses: gains(lessProtected("The group no longer does that by itself.")),
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    ...harmlessOnes("tags tagSpecifications description updateDefaultVersion defaultVersion monitoring ebsOptimized creditSpecification"),
    instanceType: whenever(unknown("Instances of another kind come: whether its tasks fit there, and run there, can't be told here.")),
    imageId: whenever(unknown("Instances start from another image: what is on it can't be told here.")),
    userData: whenever(unknown("Instances do something else when they start: what, the program says.")),
    blockDeviceMappings: whenever(unknown("Instances get other disks: whether they are encrypted, and how large they are.")),
    networkInterfaces: whenever(lessProtected("Instances get other security groups or addresses.")),
    vpcSecurityGroupIds: whenever(lessProtected("Other security groups decide who reaches the instances.")),
    iamInstanceProfile: whenever(interrupts("Instances have another role's permissions.")),
    metadataOptions: ({ after }) =>
      (after as { httpTokens?: string } | undefined)?.httpTokens === "required"
        ? undefined
        : lessProtected("Whatever can make an instance send a request may read its role's credentials."),
    keyName: added(lessProtected("Whoever has the key may log in to the instances.")),
  },
  "pulumi-nodejs:dynamic/fairlead:ReturnedTraffic": harmlessOnes("clusterArn serviceName targetGroupArn resourceUrn"),
  "pulumi-nodejs:dynamic/fairlead:SecretVersions": harmlessOnes("secrets service resourceUrn"),
  "pulumi-nodejs:dynamic/fairlead:Rollout": harmlessOnes(
    "clusterArn serviceName taskDefinitionArn settings allowedMinutes waitingMinutes revision resourceUrn",
  ),
  "pulumi-nodejs:dynamic:Resource": {
    ...harmlessOnes(
      "taskDefinitionArn clusterArn logGroupName name region securityGroupIds subnetIds timeoutMinutes capacityProviderStrategy",
    ),
  },
};

function sizeOf(value: unknown): unknown {
  return (value as { sizeInGib?: unknown } | undefined)?.sizeInGib;
}
