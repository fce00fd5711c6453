import type { EnvironmentOffers, GuardRails, LeftOut, ReadService } from "@fairlead/manifest";
import { pinnedImagesKey, type PinnedDigest, type UserError } from "@fairlead/model";
import { readEnginePreviews, readEnvironments } from "@fairlead/model/files";
import type { FormerTargetGroup } from "@fairlead/networking";
import * as pulumi from "@pulumi/pulumi";

import { admissionKeys, readAdmission, type EnvironmentAdmission } from "./imageAdmission";
import { formerTargetGroup } from "./formerTargetGroups";
import { pinnedDigest } from "./pinnedImages";
import { StackConfiguration, type RefuseEntry } from "./stackConfiguration";
import { unreadSettings } from "./unreadSettings";

/** Where a Pulumi project of this repository lies. */
export interface ProjectFolders {
  /** Folder of Pulumi.yaml; absolute. */
  root: string;
  /** Folder of the compositions, the stacks' configuration and environments.json; absolute. */
  stacks: string;
}

/** Keys of a stack's configuration that are read here or, for the policies' enforcement, by whoever judges the plan. */
const keys = [
  "cidrBlock",
  "certificateArn",
  "domainName",
  "hostedZoneId",
  "loadBalancerRules",
  "alarmEmails",
  "promoteFrom",
  pinnedImagesKey,
  "uncommittedSources",
  "buildCache",
  "builder",
  "buildConcurrency",
  "buildAttestations",
  "pullAccountIds",
  "importRepositories",
  "formerTargetGroups",
  "appsDirectory",
  "permissionsBoundaryArn",
  "policyEnforcement",
  ...admissionKeys,
] as const;

const buildCaches = ["registry", "githubActions", "local", "none"] as const;

/** What a tool that runs a program in process asks of it. */
export interface ProgramHooks {
  /** Is told which manifests were read, before they are judged. */
  onServicesRead?: (services: ReadService[]) => void;
  /**
   * Is told what is wrong with manifests; the plan is then made of the services that are right, and of what stands in for the others. It is to be looked at:
   * without this there is none, since `up` would delete what is left out.
   */
  onBrokenManifests?: (problems: UserError, leftOut: LeftOut[]) => void;
  /** Is told what services must keep to: no resource shows it. */
  onGuardRails?: (guardRails: GuardRails) => void;
  /** Whether the plan is made to find by it what runs, for which tags of images don't count: a clone that is too shallow to know them is then let through. */
  toleratesShallowClone?: boolean;
  /** Platforms that images are built for by Docker's own builder, where the plan is carried out on one machine; by the needed one. */
  builtPlatforms?: EnvironmentOffers["builtPlatforms"];
  /** Another text of a manifest that has mistakes, by its file. */
  standIn?: (file: string) => string | undefined;
}

/** What a stack's configuration says. It is read once, when the stack's program starts, and handed on as an argument. */
export interface Settings extends ProgramHooks {
  /** Manifests with mistakes in a plan that is made all the same; filled as they are read. */
  readonly leftOut: LeftOut[];
  readonly folders: ProjectFolders;
  /** Name of the environment, and of its stack. */
  readonly environmentName: string;
  /** All environments, in the order of promotion: stacks/environments.json. */
  readonly environmentNames: readonly string[];
  /** Those whose state pull requests may read, to be previewed by Pulumi's engine: `enginePreviews` of the same file. */
  readonly enginePreviews: readonly string[];
  /** The stack's region, which Pulumi's AWS provider uses as well: `aws:region`. */
  readonly region: string;
  /**
   * Ids of the accounts that the stack may be deployed to: `aws:allowedAccountIds`, which Pulumi's AWS provider goes by as well. Any account by default:
   * then nothing but the credentials says which.
   */
  readonly allowedAccountIds: readonly string[];
  /**
   * IPv4 range of the environment's network, /16 to /28; `10.0.0.0/16` without. Another for each, so that they can be connected some day. It is chosen
   * once: another range replaces the network and all that is in it.
   */
  readonly cidrBlock?: string;
  /** ARN of the load balancer's certificate: `pulumi config set certificateArn …`. Plain HTTP without. */
  readonly certificateArn?: string;
  /** Name that users type, which the certificate is for: `pulumi config set domainName …`. */
  readonly domainName?: string;
  /** Id of the Route 53 hosted zone in which `domainName` is led to the load balancer. None by default: it is led there elsewhere. */
  readonly hostedZoneId?: string;
  /** Listener rules that a load balancer may have, where AWS raised the quota. 100 by default, AWS's own. */
  readonly loadBalancerRules?: number;
  /** E-mail addresses that alarms go to: `pulumi config set --path alarmEmails[0] …`. None by default. */
  readonly alarmEmails: readonly string[];
  /** Environment whose images this one takes over; it builds its own without. `pulumi config set promoteFrom staging` */
  readonly promoteFrom?: string;
  /**
   * Images that services run, by their names, whatever their sources or promotions say: `fairlead rollback` writes them, and
   * `fairlead rollback --release` removes them. None by default.
   */
  readonly pinnedImages: ReadonlyMap<string, PinnedDigest>;
  /** Whether images are built from committed sources alone: `uncommittedSources: refuse`. Elsewhere the tag says `dirty`. */
  readonly refuseUncommittedSources: boolean;
  /** Where layers are kept between builds. `registry` by default: a repository of this environment's. */
  readonly buildCache: (typeof buildCaches)[number];
  /** Name of the buildx builder. By default the one that `docker buildx use` selected. */
  readonly builder?: string;
  /** Images that are built at a time. 4 by default. */
  readonly buildConcurrency?: number;
  /**
   * Attestations that images are built with. None by default. `provenance` alone: of a list of what is in an image (SBOM) docker-build 0.0.22 has no word,
   * and buildx makes none unasked.
   */
  readonly buildAttestations: readonly "provenance"[];
  /** Other accounts that take images over from here: their stacks pull from these repositories. None by default. */
  readonly pullAccountIds: readonly string[];
  /**
   * Services whose repository is there already, left behind when they were retired: `pulumi config set --path importRepositories[0] search`. It
   * is taken over with its images. None by default.
   */
  readonly importRepositories: readonly string[];
  /**
   * What still answers requests of services in their place, by their names, while they move over from tasks that somebody else deployed: for an
   * `ExistingLoadBalancer`. `pulumi config set --path formerTargetGroups.web.percent 50` is one step. None by default.
   */
  readonly formerTargetGroups: ReadonlyMap<string, FormerTargetGroup>;
  /** Folder of the services, relative to the project's. `apps` by default. */
  readonly appsDirectory: string;
  /**
   * ARN of a policy that limits what each role of the stack may ever do: `pulumi config set permissionsBoundaryArn <arn> -s <stack>`. None by default.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  readonly permissionsBoundaryArn?: string;
  /**
   * What images must meet before a task definition names them: `allowedRegistries`, `requiredSignatures`, `requiredAttestations`,
   * `maximumSeverity`, `unscannedImages`, `unstartableImages`, and the vulnerabilities that are let through. Nothing by default.
   */
  readonly admission?: EnvironmentAdmission;
}

/**
 * Reads the configuration of the stack whose program runs.
 *
 * @throws UserError with every value that is not allowed and every misspelt key
 */
export function readSettings(folders: ProjectFolders, hooks: ProgramHooks = {}): Settings {
  const configuration = new StackConfiguration(folders.stacks, keys);
  const settings: Settings = {
    ...hooks,
    leftOut: [],
    folders,
    environmentName: pulumi.getStack(),
    environmentNames: readEnvironments(folders.stacks),
    enginePreviews: readEnginePreviews(folders.stacks),
    region: new pulumi.Config("aws").require("region"),
    allowedAccountIds: configuration.allowedAccountIds(),
    cidrBlock: configuration.range("cidrBlock"),
    certificateArn: configuration.text("certificateArn"),
    domainName: configuration.text("domainName"),
    hostedZoneId: configuration.text("hostedZoneId"),
    loadBalancerRules: configuration.wholeNumber("loadBalancerRules", 1),
    alarmEmails: configuration.texts("alarmEmails"),
    promoteFrom: configuration.otherThan(pulumi.getStack(), "promoteFrom", "another environment"),
    pinnedImages: configuration.map(pinnedImagesKey, "a map from services to tag and digest", pinnedDigest),
    refuseUncommittedSources: configuration.oneOf("uncommittedSources", ["build", "refuse"]) === "refuse",
    buildCache: configuration.oneOf("buildCache", buildCaches),
    builder: configuration.text("builder"),
    buildConcurrency: configuration.wholeNumber("buildConcurrency", 1),
    buildAttestations: configuration.list("buildAttestations", "a list of provenance", buildAttestation) ?? [],
    pullAccountIds: configuration.texts("pullAccountIds"),
    importRepositories: configuration.texts("importRepositories"),
    formerTargetGroups: configuration.map("formerTargetGroups", "a map from services to targetGroupArn and percent", formerTargetGroup),
    appsDirectory: configuration.text("appsDirectory") ?? "apps",
    permissionsBoundaryArn: configuration.text("permissionsBoundaryArn"),
    admission: readAdmission(configuration, folders.stacks, pulumi.getStack()),
  };
  configuration.throwIfRefused();
  for (const warning of unreadSettings(folders.stacks, keys)) void pulumi.log.warn(warning);
  return settings;
}

function buildAttestation(entry: unknown, refuse: RefuseEntry): "provenance" | undefined {
  if (entry === "provenance") return entry;
  const fix = "Attach another one to the digest after the build: cosign attest (docs/supply-chain.md).";
  return void refuse(`has ${JSON.stringify(entry)}`, "provenance, the only one that docker-build 0.0.22 can be brought to make", fix);
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
