import { asList, isMap } from "@fairlead/model";

type Values = Readonly<Record<string, unknown>>;

/** What a key is called in ECS's API, where Pulumi calls it otherwise; both are camelCase. */
const names: Readonly<Record<string, string>> = {
  capacityProviderStrategies: "capacityProviderStrategy",
  clientAlias: "clientAliases",
  configureAtLaunch: "configuredAtLaunch",
  elbName: "loadBalancerName",
  enableEcsManagedTags: "enableECSManagedTags",
  fileSystemType: "filesystemType",
  issuerCertAuthority: "issuerCertificateAuthority",
  managedEbsVolume: "managedEBSVolume",
  orderedPlacementStrategies: "placementStrategy",
  sizeInGb: "sizeInGiB",
  sizeInGib: "sizeInGiB",
  volumeConfiguration: "volumeConfigurations",
};

/** Where the API takes a list and Pulumi one map. */
const lists = new Set(["clientAliases", "serviceRegistries", "tagSpecifications", "volumeConfigurations"]);

/** Maps whose keys are whoever wrote them chose. */
const ofTheirOwn = new Set(["driverOpts", "labels", "options"]);

/** Numbers that Pulumi has as texts. */
const numbers = new Set(["bakeTimeInMinutes", "canaryBakeTimeInMinutes", "stepBakeTimeInMinutes"]);

/** Arguments of a Pulumi resource as ECS's API takes them. */
export function apiForm(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(apiForm);
  if (!isMap(value)) return value;
  const { hostPath, ...others } = value;
  return {
    ...Object.fromEntries(Object.entries(others).flatMap(([key, item]) => (item === undefined ? [] : [entry(key, item)]))),
    ...(hostPath !== undefined && { host: { sourcePath: hostPath } }),
  };
}

function entry(key: string, value: unknown): [string, unknown] {
  const name = names[key] ?? key;
  if (ofTheirOwn.has(key)) return [name, value];
  if (key === "tags") return [name, keysAndValues(value as Values)];
  if (numbers.has(key) && typeof value === "string" && /^\d+$/.test(value)) return [name, Number(value)];
  return [name, lists.has(name) ? asList(value).map(apiForm) : apiForm(value)];
}

/** Tags as the API has them. */
export function keysAndValues(tags: Values): { key: string; value: unknown }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

/** A VPC configuration, whose public address is a word in the API. */
export function vpcConfiguration({ subnets, securityGroups, assignPublicIp }: Values): Record<string, unknown> {
  return {
    awsvpcConfiguration: {
      subnets,
      ...(securityGroups !== undefined && { securityGroups }),
      assignPublicIp: assignPublicIp ? "ENABLED" : "DISABLED",
    },
  };
}
