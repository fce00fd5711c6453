import { serviceRole, type ServiceRoleArgs, type Statement } from "@fairlead/foundation";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as ecr from "@pulumi/aws/ecr";
import type * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { lifecycleDefaults, lifecyclePolicyJson } from "./lifecyclePolicy";

/** A public registry whose images ECR fetches and keeps. */
export interface PullThroughCacheArgs {
  /** Host of the registry, such as `public.ecr.aws` or `registry-1.docker.io`. */
  upstreamRegistryUrl: string;
  /** ARN of a Secrets Manager secret with a login, its name beginning with `ecr-pullthroughcache/`. Docker Hub needs one. */
  credentialArn?: pulumi.Input<string>;
}

/** Arguments of {@link RegistrySettings}. */
export interface RegistrySettingsArgs {
  /**
   * `ENHANCED` by default: Amazon Inspector scans images again when a new vulnerability is known, not only when they are pushed. `BASIC` is
   * free and scans on push.
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
   */
  scanType?: "ENHANCED" | "BASIC";
  /** Where images are copied to when they are pushed. Nowhere by default. */
  replication?: {
    /** Repositories whose names begin with one of these. */
    repositoryPrefixes: string[];
    destinations: { region: string; accountId: pulumi.Input<string> }[];
  };
  /** Registries to cache, by the prefix of their repositories here. None by default. */
  pullThroughCache?: Record<string, PullThroughCacheArgs>;
  /** ARN of the KMS key that encrypts cached images. AES-256 by default. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Changes the arguments of the scanning configuration just before it is created. */
  transform?: (args: ecr.RegistryScanningConfigurationArgs) => ecr.RegistryScanningConfigurationArgs;
}

/**
 * Settings of the private registry as a whole. A registry is one for each account and region: at most one stack there may own this.
 *
 * @example
 * ```ts
 * new RegistrySettings("registry", {
 *   replication: { repositoryPrefixes: ["fairlead/prod/"], destinations: [{ region: "eu-west-1", accountId: "123456789012" }] },
 *   pullThroughCache: { "ecr-public": { upstreamRegistryUrl: "public.ecr.aws" } },
 * });
 * ```
 */
export class RegistrySettings extends pulumi.ComponentResource {
  constructor(name: string, args: RegistrySettingsArgs = {}, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:registry:RegistrySettings", name, {}, options);
    const parent = { parent: this };
    const scanType = args.scanType ?? "ENHANCED";
    const base: ecr.RegistryScanningConfigurationArgs = {
      scanType,
      rules: [
        {
          scanFrequency: scanType === "ENHANCED" ? "CONTINUOUS_SCAN" : "SCAN_ON_PUSH",
          repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }],
        },
      ],
    };
    new ecr.RegistryScanningConfiguration(name, args.transform?.(base) ?? base, parent);
    if (args.replication) {
      const { destinations, repositoryPrefixes } = args.replication;
      new ecr.ReplicationConfiguration(
        name,
        {
          replicationConfiguration: {
            rules: [
              {
                destinations: destinations.map(({ region, accountId }) => ({ region, registryId: accountId })),
                repositoryFilters: repositoryPrefixes.map((filter) => ({ filter, filterType: "PREFIX_MATCH" })),
              },
            ],
          },
        },
        parent,
      );
    }
    const roleArn = args.pullThroughCache && args.kmsKeyArn ? this.creationRole(name, args.kmsKeyArn).arn : undefined;
    for (const [prefix, { upstreamRegistryUrl, credentialArn }] of Object.entries(args.pullThroughCache ?? {})) {
      // ECR makes a repository of this kind when an image is pulled for the first time.
      const template = new ecr.RepositoryCreationTemplate(
        `${name}-${prefix}`,
        {
          prefix,
          description: `Images cached from ${upstreamRegistryUrl}`,
          appliedFors: ["PULL_THROUGH_CACHE"],
          // The upstream moves its tags.
          imageTagMutability: "MUTABLE",
          encryptionConfigurations: [args.kmsKeyArn ? { encryptionType: "KMS", kmsKey: args.kmsKeyArn } : { encryptionType: "AES256" }],
          customRoleArn: roleArn,
          lifecyclePolicy: lifecyclePolicyJson(lifecycleDefaults),
        },
        parent,
      );
      new ecr.PullThroughCacheRule(
        `${name}-${prefix}`,
        { ecrRepositoryPrefix: prefix, upstreamRegistryUrl, credentialArn },
        { parent: this, dependsOn: template },
      );
    }
    this.registerOutputs({});
  }

  /**
   * With a key of ours ECR needs a role to make cached repositories.
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-iam.html
   */
  private creationRole(name: string, kmsKeyArn: pulumi.Input<string>): iam.Role {
    const parent = { parent: this };
    const { accountId } = getCallerIdentityOutput({}, parent);
    const statements: Statement[] = [
      {
        Effect: "Allow",
        Action: ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"],
        Resource: pulumi.interpolate`arn:aws:ecr:*:${accountId}:repository/*`,
      },
      { Effect: "Allow", Action: ["kms:CreateGrant", "kms:RetireGrant", "kms:DescribeKey"], Resource: kmsKeyArn },
    ];
    const args: ServiceRoleArgs = { service: "ecr.amazonaws.com", description: "ECR makes cached repositories with it", statements };
    return serviceRole(`${name}-cache`, args, parent).role;
  }
}
