import { containerDefinitions } from "./containerDefinitions";
import { count } from "./counts";
import { endsAllFirst, lookedAtFirst, stepsOf } from "./deployments";
import {
  asList,
  firstOf,
  harmlessOnes,
  interrupts,
  itemsBeyond,
  lessProtected,
  loses,
  lowered,
  members,
  noCapacity,
  opened,
  removed,
  turnedOn,
  unknown,
  unreachable,
  whenever,
  type Judge,
  type Judges,
} from "./judge";
import { otherDefinition } from "./references";

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

const shared =
  (text: string): Judge =>
  ({ after }) =>
    after === undefined || after === "none" ? undefined : lessProtected(text);

const isOfHost = (text: string) => /"hostPath":"(\/|\/(etc|root|proc|sys|dev|var\/run|run|boot)(\/.*)?|.*docker.*)"/.test(text);

/** ECS, and what Fairlead does beside it. */
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
  "aws:ecs/service:Service": {
    ...harmlessOnes("tags forceNewDeployment waitForSteadyState propagateTags enableEcsManagedTags triggers availabilityZoneRebalancing"),
    ...harmlessOnes("sigintRollback"),
    taskDefinition: otherDefinition,
    platformVersion: ({ after }) =>
      after === undefined || after === "LATEST"
        ? undefined
        : interrupts("Its tasks start on another version of Fargate, without what that lacks."),
    deploymentController: whenever(interrupts("Another one rolls it out: ECS itself no longer does, or does from then on.")),
    forceDelete: turnedOn(lessProtected("Tasks that run no longer keep ECS from deleting it.")),
    healthCheckGracePeriodSeconds: (change) =>
      // Without a load balancer nothing is checked by it.
      asList(change.is.inputs.loadBalancers).length === 0
        ? undefined
        : lowered(interrupts("Tasks that take longer to start are ended before they answer."))(change),
    desiredCount: count,
    deploymentMinimumHealthyPercent: (change) =>
      endsAllFirst(change.is) && !endsAllFirst(change.was)
        ? noCapacity("While it rolls out, all of its tasks may end before a new one starts: nobody answers meanwhile.")
        : lowered(interrupts("While it rolls out, fewer tasks than before may be left; at 0 none."))(change),
    deploymentMaximumPercent: lowered(
      interrupts("While it rolls out, fewer new tasks may start beside the old ones; at 100 none before an old one has ended."),
    ),
    deploymentCircuitBreaker: ({ after }) => {
      const { enable, rollback } = (after ?? {}) as { enable?: boolean; rollback?: boolean };
      if (enable && rollback) return undefined;
      return lessProtected(
        enable ? "A revision that fails is not taken back." : "A revision that fails is tried again and again, and not taken back.",
      );
    },
    deploymentConfiguration: members({
      strategy: ({ before, after }) =>
        lookedAtFirst(after) < lookedAtFirst(before)
          ? lessProtected("No part of the requests tries a new revision first: what is wrong with it meets whoever reaches its tasks.")
          : undefined,
      bakeTimeInMinutes: lowered(lessProtected("ECS watches a new revision for less time before it ends the old one."), 0),
      canaryConfiguration: stepsOf("canary"),
      linearConfiguration: stepsOf("linear"),
      lifecycleHooks: loses(lessProtected("A check that gates its deployments is gone.")),
    }),
    alarms: ({ before, after }) => {
      const names = (value: unknown) => (value as { alarmNames?: unknown[]; enable?: boolean; rollback?: boolean } | undefined) ?? {};
      const [was, is] = [names(before), names(after)];
      const less = (is.enable ?? true) === false || (was.rollback && !is.rollback) || itemsBeyond(was.alarmNames, is.alarmNames).length > 0;
      return less ? lessProtected("Fewer alarms take back a revision that fails.") : undefined;
    },
    capacityProviderStrategies: firstOf(onSpotAlone, withoutBase),
    networkConfiguration: members({
      assignPublicIp: ({ before, after }) =>
        after === true
          ? lessProtected("Its tasks get public addresses: their security group alone stands before them.")
          : before === true
            ? interrupts("Its tasks get no public address: without a NAT gateway or endpoints they reach neither images nor secrets.")
            : undefined,
      subnets: whenever(interrupts("Its tasks move to other subnets, with what routes and endpoints those have.")),
      securityGroups: whenever(lessProtected("Other security groups decide who reaches its tasks, and whom they reach.")),
    }),
    loadBalancers: ({ before, after }) => {
      const groups = (value: unknown) => asList(value).map((item) => (item as { targetGroupArn?: unknown }).targetGroupArn);
      if (itemsBeyond(groups(before), groups(after)).length > 0)
        return groups(after).length === 0
          ? noCapacity("Its tasks leave their target group: rules that lead there find nobody, unless others register there.")
          : interrupts("Its tasks leave a target group: rules that lead there find nobody.");
      const asked = (value: unknown) =>
        asList(value).map((item) => {
          const { targetGroupArn, containerName, containerPort } = item as Record<string, unknown>;
          return [targetGroupArn, containerName, containerPort];
        });
      return itemsBeyond(asked(before), asked(after)).length > 0
        ? interrupts("Requests reach another container or port: without an answer there its tasks are ended.")
        : undefined;
    },
    serviceRegistries: removed(unreachable("Callers no longer find it by name.")),
    serviceConnectConfiguration: whenever(interrupts("Names and ports by which other services find it, or it finds them, may change.")),
    enableExecuteCommand: turnedOn(lessProtected("Whoever has the permission may open a shell in its containers.")),
    placementConstraints: whenever(interrupts("Tasks may find no instance to start on.")),
    orderedPlacementStrategies: ({ before, after }) => {
      const spreads = (value: unknown) => asList(value).filter((item) => (item as { type?: unknown }).type === "spread");
      return itemsBeyond(spreads(before), spreads(after)).length > 0
        ? lessProtected("Its tasks are no longer spread: one instance or zone that fails takes more of them.")
        : undefined;
    },
    volumeConfiguration: whenever(unknown("Its tasks get other volumes.")),
    vpcLatticeConfigurations: whenever(unknown("Requests reach it another way.")),
  },
  "aws:ecs/taskDefinition:TaskDefinition": {
    ...harmlessOnes("tags family skipDestroy trackLatest requiresCompatibilities"),
    enableFaultInjection: turnedOn(lessProtected("Whoever has the permission may make its tasks fail on purpose.")),
    containerDefinitions,
    cpu: smallerTask("processor time"),
    memory: smallerTask("memory"),
    ephemeralStorage: members({ sizeInGib: lowered(lessProtected("Each task has less room on its disk."), 20) }),
    runtimePlatform: ({ is }) =>
      asList(is.inputs.requiresCompatibilities).includes("EC2")
        ? interrupts("Its tasks start on instances of that platform alone: without one, none starts.")
        : undefined,
    executionRoleArn: whenever(interrupts("Another role pulls its images and reads its secrets: if it may not, no task starts.")),
    taskRoleArn: whenever(interrupts("Its program has another role's permissions.")),
    networkMode: whenever(interrupts("Its ports and names are found another way.")),
    pidMode: shared("Containers see each other's processes, or the host's."),
    ipcMode: shared("Containers share memory, or the host's."),
    placementConstraints: whenever(interrupts("Tasks may find no instance to start on.")),
    proxyConfiguration: whenever(unknown("Requests pass another proxy.")),
    volumes: ({ before, after }) => {
      const texts = (value: unknown) => asList(value).map((item) => JSON.stringify(item));
      return texts(before).some((text) => /efs|docker/i.test(text) && !texts(after).includes(text))
        ? interrupts("Its containers see another folder, or none, where their files were. The files stay where they are.")
        : texts(after).some((text) => /"hostPath":"/.test(text) && !texts(before).includes(text))
          ? texts(before).some((text) => /"hostPath":"/.test(text)) && !texts(after).some(isOfHost)
            ? interrupts("Its containers see another folder of their host, where their files are not.")
            : opened("Its containers reach a folder of their host.")
          : undefined;
    },
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
