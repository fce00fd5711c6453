import {
  harmless,
  harmlessOnes,
  interrupts,
  lessProtected,
  lowered,
  members,
  raised,
  unknown,
  whenever,
  worstOf,
  type Judge,
} from "./judge";

/** A range that gets narrower lets fewer kinds of instances come. */
const range: Judge = (change) => {
  const [was, is] = [change.before, change.after].map((value) => (value ?? {}) as { min?: number; max?: number });
  const fewer = interrupts("Fewer kinds of instances may come: a task that needs another one finds no room.");
  return worstOf([
    raised(fewer, 0)({ ...change, before: was!.min, after: is!.min }),
    lowered(fewer, Number.MAX_SAFE_INTEGER)({ ...change, before: was!.max, after: is!.max }),
  ]);
};

/**
 * Instances that ECS makes and exchanges. Other limits count for those that come.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateCapacityProvider.html
 */
export const managedInstances: Judge = members({
  infrastructureRoleArn: whenever(interrupts("Another role makes its instances: if it may not, none comes.")),
  propagateTags: harmless,
  infrastructureOptimization: harmless,
  instanceLaunchTemplate: members({
    ec2InstanceProfileArn: whenever(interrupts("Its instances have another role's permissions.")),
    networkConfiguration: whenever(interrupts("Its instances come in other subnets, with other security groups.")),
    monitoring: harmless,
    storageConfiguration: members({ storageSizeGib: lowered(lessProtected("Instances that come have less room on their disks.")) }),
    instanceRequirements: members({
      vcpuCount: range,
      memoryMib: range,
      ...harmlessOnes(
        "onDemandMaxPricePercentageOverLowestPrice spotMaxPricePercentageOverLowestPrice maxSpotPriceAsPercentageOfOptimalOnDemandPrice",
      ),
      ...Object.fromEntries(
        [
          "cpuManufacturers",
          "instanceGenerations",
          "allowedInstanceTypes",
          "excludedInstanceTypes",
          "burstablePerformance",
          "bareMetal",
        ].map((name) => [
          name,
          whenever(unknown("Instances of other kinds come: whether its tasks fit there, and run there, can't be told here.")),
        ]),
      ),
    }),
  }),
});
