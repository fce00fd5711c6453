import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { DataDeclaration } from "@fairlead/data";
import { loadServices, type EnvironmentDefaults, type EnvironmentOffers, type GuardRails, type ServiceSpec } from "@fairlead/manifest";
import { builderPlatforms } from "@fairlead/registry";
import * as pulumi from "@pulumi/pulumi";

/** One environment's composition; returns the stack's outputs. */
export type Environment = () => Record<string, unknown>;

const config = new pulumi.Config();

/** The stack's region, which Pulumi's AWS provider uses as well. */
export const region = new pulumi.Config("aws").require("region");

/** Name of the environment, and of its stack. */
export const environmentName = pulumi.getStack();

/** ARN of the load balancer's certificate: `pulumi config set certificateArn …`. Plain HTTP without. */
export const certificateArn = config.get("certificateArn");

/** The same, where plain HTTP won't do. */
export const requireCertificateArn = () => config.require("certificateArn");

/** Listener rules that a load balancer may have, where AWS raised the quota of 100. */
export const loadBalancerRules = config.getNumber("loadBalancerRules");

/** E-mail addresses that alarms go to: `pulumi config set --path alarmEmails[0] …`. */
export const alarmEmails = config.getObject<string[]>("alarmEmails") ?? [];

/** Environment whose images this one takes over; it builds its own without. `pulumi config set promoteFrom staging` */
export const promoteFrom = config.get("promoteFrom");

/** Whether images are built from committed sources alone. Elsewhere the tag says `dirty`. */
export const refuseUncommittedSources = oneOf("uncommittedSources", ["build", "refuse"]) === "refuse";

/** Where layers are kept between builds: a repository of this environment's by default. */
export const buildCache = oneOf("buildCache", ["registry", "githubActions", "local", "none"]);

/** Name of the buildx builder; the one that `docker buildx use` selected by default. */
export const builder = config.get("builder");

/** Images that are built at a time; 4 by default. */
export const buildConcurrency = config.getNumber("buildConcurrency");

/** Other accounts that take images over from here: their stacks pull from these repositories. */
export const pullAccountIds = config.getObject<string[]>("pullAccountIds") ?? [];

function oneOf<T extends string>(key: string, values: readonly [T, ...T[]]): T {
  const value = config.get(key) ?? values[0];
  if ((values as readonly string[]).includes(value)) return value as T;
  throw new pulumi.RunError(`fairlead:${key} is "${value}": expected one of ${values.join(", ")}.`);
}

/** All environments: those that have a stack configuration here. */
const environmentNames = readdirSync(__dirname).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);

/** The services of this environment. `appsDirectory` in the stack's configuration names another folder than apps/. */
export function servicesOf(
  args: Omit<EnvironmentOffers, "data" | "loadBalancerRules" | "builderPlatforms" | "guardRails"> & {
    defaults: EnvironmentDefaults;
    /** What services must keep to here. */
    guardRails?: GuardRails;
    /** What `uses:` may name. */
    data: Record<string, DataDeclaration>;
  },
): ServiceSpec[] {
  const appsDirectory = config.get("appsDirectory") ?? "apps";
  const directory = join(__dirname, "..", appsDirectory);
  // No folder would mean no services, and `up` would delete those that run.
  if (!existsSync(directory))
    throw new pulumi.RunError(`There is no folder ${appsDirectory} (fairlead:appsDirectory of stack ${environmentName}).`);
  const { defaults, data, guardRails, ...offered } = args;
  const kinds = Object.fromEntries(Object.entries(data).map(([name, { kind }]) => [name, kind]));
  const rails = guardRails && { ...guardRails, environment: environmentName, setIn: `stacks/${environmentName}.ts` };
  const offers = { ...offered, guardRails: rails, data: kinds, loadBalancerRules, builderPlatforms: () => builderPlatforms(builder) };
  return loadServices({ directory, environment: environmentName, environments: environmentNames, defaults, offers });
}
