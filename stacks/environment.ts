import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { DataDeclaration } from "@fairlead/data";
import { loadServices, type EnvironmentDefaults, type EnvironmentOffers, type ServiceSpec } from "@fairlead/manifest";
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

/** All environments: those that have a stack configuration here. */
const environmentNames = readdirSync(__dirname).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);

/** The services of this environment. `appsDirectory` in the stack's configuration names another folder than apps/. */
export function servicesOf(
  args: Omit<EnvironmentOffers, "data" | "loadBalancerRules"> & {
    defaults: EnvironmentDefaults;
    /** What `uses:` may name. */
    data: Record<string, DataDeclaration>;
  },
): ServiceSpec[] {
  const appsDirectory = config.get("appsDirectory") ?? "apps";
  const directory = join(__dirname, "..", appsDirectory);
  // No folder would mean no services, and `up` would delete those that run.
  if (!existsSync(directory))
    throw new pulumi.RunError(`There is no folder ${appsDirectory} (fairlead:appsDirectory of stack ${environmentName}).`);
  const { defaults, data, ...offered } = args;
  const kinds = Object.fromEntries(Object.entries(data).map(([name, { kind }]) => [name, kind]));
  const offers = { ...offered, data: kinds, loadBalancerRules };
  return loadServices({ directory, environment: environmentName, environments: environmentNames, defaults, offers });
}
