import { count, noTasks } from "./counts";
import {
  harmlessOnes,
  asList,
  cantTell,
  gains,
  harmless,
  interrupts,
  isUnknown,
  lessProtected,
  loses,
  lowered,
  members,
  raised,
  turnedOff,
  turnedOn,
  unknown,
  whenever,
  type Judges,
} from "./judge";
import { managedInstances } from "./managedInstances";
import { launchTemplate } from "./references";

/** What the instances below ECS come from. */
export const instances: Readonly<Record<string, Judges>> = {
  "aws:ecs/capacityProvider:CapacityProvider": {
    tags: harmless,
    autoScalingGroupProvider: members({
      managedScaling: members({
        status: ({ after }) =>
          after === "DISABLED" ? lessProtected("Nobody starts instances any more: tasks that find no room wait for ever.") : undefined,
        targetCapacity: raised(lessProtected("Fewer instances are ready before tasks need them."), 100),
        ...harmlessOnes("minimumScalingStepSize maximumScalingStepSize instanceWarmupPeriod"),
      }),
      managedTerminationProtection: ({ after }) =>
        after === "DISABLED" ? lessProtected("Scaling in ends instances with tasks on them.") : undefined,
      managedDraining: ({ after }) =>
        after === "DISABLED" ? lessProtected("Tasks of an instance that ends are not moved to another one first.") : undefined,
    }),
    managedInstancesProvider: managedInstances,
  },
  "aws:autoscaling/group:Group": {
    ...harmlessOnes("tags instanceRefresh defaultCooldown defaultInstanceWarmup metricsGranularity enabledMetrics waitForCapacityTimeout"),
    ...harmlessOnes("terminationPolicies capacityRebalance desiredCapacityType minElbCapacity waitForElbCapacity context"),
    ...harmlessOnes("ignoreFailedScalingActivities forceDeleteWarmPool serviceLinkedRoleArn"),
    launchTemplate,
    healthCheckGracePeriod: lowered(interrupts("Instances that take longer to start are ended before they are ready."), 300),
    healthCheckType: whenever(interrupts("Instances are asked otherwise whether they are well: those that don't answer that are ended.")),
    maxInstanceLifetime: ({ after, before }) =>
      Number(after ?? 0) > 0 && (Number(before ?? 0) === 0 || Number(after) < Number(before))
        ? interrupts("Instances are exchanged that are older than that, with the tasks on them.")
        : undefined,
    mixedInstancesPolicy: ({ before, after }) => {
      const certain = (value: unknown) => {
        const { instancesDistribution } = (asList(value)[0] ?? {}) as { instancesDistribution?: Record<string, unknown> };
        const { onDemandBaseCapacity = 0, onDemandPercentageAboveBaseCapacity = 100 } = instancesDistribution ?? {};
        return [Number(onDemandBaseCapacity), Number(onDemandPercentageAboveBaseCapacity)] as const;
      };
      const [was, is] = [certain(before), certain(after)];
      if (isUnknown(after) && is.join() !== was.join()) return cantTell;
      const isNone = (of: readonly number[]) => of.every((share) => share === 0);
      return isNone(is) && !isNone(was)
        ? lessProtected("All instances are Spot: AWS may end them all with two minutes' notice, and may have none to give.")
        : is[0] < was[0] || is[1] < was[1]
          ? lessProtected("Fewer instances are certain to stay: AWS may end the others with two minutes' notice.")
          : undefined;
    },
    forceDelete: turnedOn(lessProtected("Instances that run no longer keep it from being deleted.")),
    launchConfiguration: whenever(unknown("Instances start by another configuration: what it says can't be told here.")),
    targetGroupArns: loses(interrupts("Its instances leave a target group: rules that lead there find nobody.")),
    loadBalancers: loses(interrupts("Its instances leave a load balancer: requests find nobody there.")),
    trafficSources: loses(interrupts("Its instances leave what led requests to them.")),
    placementGroup: whenever(interrupts("Instances start in another group of hosts, which may have no room.")),
    minSize: lowered(lessProtected("Fewer instances are certain to be there.")),
    maxSize: (change) =>
      Number(change.after) === 0 ? noTasks : lowered(lessProtected("Under load fewer instances start than before."))(change),
    desiredCapacity: (change) => {
      const told = count(change);
      if (!told) return undefined;
      return {
        ...told,
        text: told.text.replace("No task runs", "No instance runs").replace("Fewer tasks serve", "Fewer instances are there"),
      };
    },
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
    metadataOptions: members({
      httpTokens: ({ after }) =>
        after === "required" ? undefined : lessProtected("Whatever can make an instance send a request may read its role's credentials."),
      httpPutResponseHopLimit: raised(lessProtected("Containers of an instance may read its role's credentials."), 1),
      instanceMetadataTags: harmless,
      httpProtocolIpv6: harmless,
      httpEndpoint: ({ after }) =>
        after === "disabled" ? interrupts("What asks an instance for its metadata, such as ECS's agent, finds none.") : undefined,
    }),
    keyName: ({ after }) => (after === undefined ? undefined : lessProtected("Whoever has the key may log in to the instances.")),
    ...harmlessOnes("maintenanceOptions privateDnsNameOptions licenseSpecifications"),
    instanceRequirements: whenever(
      unknown("Instances of other kinds come: whether its tasks fit there, and run there, can't be told here."),
    ),
    instanceMarketOptions: ({ after }) =>
      (after as { marketType?: unknown } | undefined)?.marketType === "spot"
        ? lessProtected("All instances are Spot: AWS may end them all with two minutes' notice, and may have none to give.")
        : undefined,
    capacityReservationSpecification: whenever(interrupts("Instances start in another reservation: in one without room none starts.")),
    cpuOptions: whenever(interrupts("Instances have other processors.")),
    placement: whenever(interrupts("Instances start on other hosts, which may have no room.")),
    disableApiTermination: turnedOff(lessProtected("AWS no longer refuses to end its instances.")),
    disableApiStop: turnedOff(lessProtected("AWS no longer refuses to stop its instances.")),
    instanceInitiatedShutdownBehavior: whenever(interrupts("An instance that shuts itself down ends, or stays, otherwise than before.")),
    securityGroupNames: whenever(lessProtected("Other security groups decide who reaches the instances.")),
  },
};
