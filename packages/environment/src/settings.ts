import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReadService } from "@fairlead/manifest";
import { misspelt } from "@fairlead/model";
import * as pulumi from "@pulumi/pulumi";

/** Where a Pulumi project of this repository lies. */
export interface ProjectFolders {
  /** Folder of Pulumi.yaml; absolute. */
  root: string;
  /** Folder of the compositions, the stacks' configuration and environments.json; absolute. */
  stacks: string;
}

/** Keys of a stack's configuration that are read here or, for the policies' enforcement, by whoever judges the plan. */
const keys = [
  "certificateArn",
  "loadBalancerRules",
  "alarmEmails",
  "promoteFrom",
  "uncommittedSources",
  "buildCache",
  "builder",
  "buildConcurrency",
  "pullAccountIds",
  "appsDirectory",
  "policyEnforcement",
] as const;
type Key = (typeof keys)[number];

const buildCaches = ["registry", "githubActions", "local", "none"] as const;

/** What a tool that runs a program in process asks of it. */
export interface ProgramHooks {
  /** Is told which manifests were read, before they are judged. */
  onServicesRead?: (services: ReadService[]) => void;
}

/** What a stack's configuration says. It is read once, when the stack's program starts, and handed on as an argument. */
export interface Settings extends ProgramHooks {
  readonly folders: ProjectFolders;
  /** Name of the environment, and of its stack. */
  readonly environmentName: string;
  /** All environments, in the order of promotion: stacks/environments.json. */
  readonly environmentNames: readonly string[];
  /** The stack's region, which Pulumi's AWS provider uses as well: `aws:region`. */
  readonly region: string;
  /** ARN of the load balancer's certificate: `pulumi config set certificateArn …`. Plain HTTP without. */
  readonly certificateArn?: string;
  /** Listener rules that a load balancer may have, where AWS raised the quota. 100 by default, AWS's own. */
  readonly loadBalancerRules?: number;
  /** E-mail addresses that alarms go to: `pulumi config set --path alarmEmails[0] …`. None by default. */
  readonly alarmEmails: readonly string[];
  /** Environment whose images this one takes over; it builds its own without. `pulumi config set promoteFrom staging` */
  readonly promoteFrom?: string;
  /** Whether images are built from committed sources alone: `uncommittedSources: refuse`. Elsewhere the tag says `dirty`. */
  readonly refuseUncommittedSources: boolean;
  /** Where layers are kept between builds. `registry` by default: a repository of this environment's. */
  readonly buildCache: (typeof buildCaches)[number];
  /** Name of the buildx builder. By default the one that `docker buildx use` selected. */
  readonly builder?: string;
  /** Images that are built at a time. 4 by default. */
  readonly buildConcurrency?: number;
  /** Other accounts that take images over from here: their stacks pull from these repositories. None by default. */
  readonly pullAccountIds: readonly string[];
  /** Folder of the services, relative to the project's. `apps` by default. */
  readonly appsDirectory: string;
}

/**
 * Reads the configuration of the stack whose program runs.
 *
 * @throws pulumi.RunError for a value that is none of those that are allowed, and for a misspelt key, which would leave a guard off in silence
 */
export function readSettings(folders: ProjectFolders, hooks: ProgramHooks = {}): Settings {
  const config = new pulumi.Config();
  refuseMisspeltKeys(config.name);
  const get = (key: Key) => config.get(key);
  const getNumber = (key: Key) => config.getNumber(key);
  const getList = (key: Key) => config.getObject<string[]>(key) ?? [];
  return {
    ...hooks,
    folders,
    environmentName: pulumi.getStack(),
    environmentNames: environmentsIn(folders.stacks),
    region: new pulumi.Config("aws").require("region"),
    certificateArn: get("certificateArn"),
    loadBalancerRules: getNumber("loadBalancerRules"),
    alarmEmails: getList("alarmEmails"),
    promoteFrom: get("promoteFrom"),
    refuseUncommittedSources: oneOf(config, "uncommittedSources", ["build", "refuse"]) === "refuse",
    buildCache: oneOf(config, "buildCache", buildCaches),
    builder: get("builder"),
    buildConcurrency: getNumber("buildConcurrency"),
    pullAccountIds: getList("pullAccountIds"),
    appsDirectory: get("appsDirectory") ?? "apps",
  };
}

/**
 * The certificate of an environment that speaks HTTPS alone.
 *
 * @throws pulumi.RunError where none is set
 */
export function requireCertificateArn({ certificateArn, environmentName }: Settings): string {
  if (certificateArn !== undefined) return certificateArn;
  throw new pulumi.RunError(
    `${environmentName} speaks HTTPS alone and has no certificate (fairlead:certificateArn).\n  fix: pulumi config set certificateArn <arn> -s ${environmentName}`,
  );
}

/** The environments of a project, in the order of promotion. A stack that is not among them has no services. */
export function environmentsIn(stacks: string): string[] {
  const file = join(stacks, "environments.json");
  if (!existsSync(file)) return [];
  return (JSON.parse(readFileSync(file, "utf8")) as { environments: string[] }).environments;
}

function oneOf<T extends string>(config: pulumi.Config, key: Key, values: readonly T[]): T {
  const value = config.get(key) ?? values[0]!;
  if ((values as readonly string[]).includes(value)) return value as T;
  throw new pulumi.RunError(`fairlead:${key} is "${value}": expected one of ${values.join(", ")}.`);
}

/** A composition may read keys of its own, so that only what is nearly one of ours is a mistake. */
function refuseMisspeltKeys(project: string): void {
  const own = Object.keys(pulumi.runtime.allConfig()).flatMap((key) =>
    key.startsWith(`${project}:`) ? key.slice(project.length + 1) : [],
  );
  const problems = own.flatMap((key) => {
    const meant = misspelt(key, keys);
    return meant
      ? [`${project}:${key} is read by nobody. Did you mean ${project}:${meant}? A key of your own needs a name that is less alike.`]
      : [];
  });
  if (problems.length > 0) throw new pulumi.RunError(problems.join("\n"));
}
