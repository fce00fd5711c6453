import { loadedProvider, resolved, type SecretReference } from "@fairlead/foundation";
import * as pulumi from "@pulumi/pulumi";

import { ownUrn } from "../ownUrn";
import type { ContainerDefinition } from "./containerDefinitions";
import type { NamedContainer } from "./namedContainers";
import type { SecretVersionsProperties } from "./secretVersionsProvider";

/** Arguments of {@link SecretVersions}. */
export interface SecretVersionsArgs {
  /** What is deployed anew, as messages name it: the service. */
  service: string;
  secrets: Pick<SecretReference, "arn" | "store">[];
}

const type = "pulumi-nodejs:dynamic/fairlead:SecretVersions";
const label = "fairlead.secretVersions";

/**
 * Which versions of its secrets a task is deployed with. Each `up`, and each preview, asks AWS which version is current; another one is another
 * digest, by which the task definition is a new revision. ECS reads secrets as it starts a task, so those that run keep what they read until then.
 *
 * The task definition does not name the version: Secrets Manager deletes versions without a staging label, and a task that starts later would fail.
 *
 * Whoever runs `up` or a preview needs `secretsmanager:DescribeSecret` and `ssm:DescribeParameters`, neither of which tells a value. A version that can't be
 * asked is a warning and deploys nothing; that of a secret which is new to the task is an error, FL2503.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version
 */
export class SecretVersions extends pulumi.CustomResource {
  /** A text in a plan without an engine, and nothing in a test with mocks. */
  declare readonly digest: pulumi.Output<string | undefined>;

  constructor(name: string, { service, secrets }: SecretVersionsArgs, options: pulumi.CustomResourceOptions) {
    const properties: pulumi.Inputs & Record<Exclude<keyof SecretVersionsProperties, "versions">, unknown> = {
      service,
      secrets: resolved(secrets.map(({ arn, store }) => ({ arn, store }))).apply(distinct),
      resourceUrn: ownUrn(name, type, options.parent),
      digest: undefined,
    };
    super(type, name, { ...properties, __provider: loadedProvider("@fairlead/services/secretVersionsProvider") }, options);
  }
}

/** The secrets of containers whose other versions are to be deployed. */
export function redeployingSecrets(containers: NamedContainer[]): SecretReference[] {
  return containers.flatMap(({ args }) => Object.values(args.secrets ?? {}).filter(({ redeployOnChange }) => redeployOnChange));
}

/** The containers with the digest as a label, where they read one of those secrets: programs don't see it. */
export function withSecretVersions(
  containers: ContainerDefinition[],
  reading: ReadonlySet<string>,
  digest?: string,
): ContainerDefinition[] {
  if (digest === undefined) return containers;
  return containers.map((container) => {
    if (!reading.has(container.name)) return container;
    return { ...container, args: { ...container.args, dockerLabels: { ...container.args.dockerLabels, [label]: digest } } };
  });
}

function distinct(secrets: SecretVersionsProperties["secrets"]): SecretVersionsProperties["secrets"] {
  return [...new Map(secrets.map((secret) => [secret.arn, secret])).values()].sort((a, b) => (a.arn < b.arn ? -1 : 1));
}
