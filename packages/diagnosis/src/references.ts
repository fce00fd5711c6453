import type { TaskDefinition } from "@aws-sdk/client-ecs";

/** An image in a private registry of ECR's. */
export interface EcrImage {
  reference: string;
  partition: string;
  accountId: string;
  region: string;
  repository: string;
  digest: string | undefined;
  tag: string | undefined;
}

/** The parts of a reference into ECR; undefined for another registry's. */
export function ecrImage(reference: string): EcrImage | undefined {
  const parts =
    /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?\/([^:@]+)(?::([^@]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(reference);
  if (!parts) return undefined;
  const [, accountId, region, china, repository, tag, digest] = parts;
  const partition = china ? "aws-cn" : region!.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return {
    ...{ reference, partition, accountId: accountId!, region: region!, repository: repository!, digest },
    tag: digest === undefined ? (tag ?? "latest") : tag,
  };
}

/** A variable whose value ECS reads at the start. */
export interface SecretReference {
  container: string;
  variable: string;
  valueFrom: string;
  store: "secretsmanager" | "ssm";
  /** ARN or name, without what comes after it. */
  id: string;
  jsonKey: string | undefined;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
export function secretReferences({ containerDefinitions = [] }: TaskDefinition): SecretReference[] {
  return containerDefinitions.flatMap(({ name: container = "", secrets = [] }) =>
    secrets.map(({ name: variable = "", valueFrom = "" }): SecretReference => {
      const [, , service] = valueFrom.split(":");
      if (service !== "secretsmanager") {
        const id = service === "ssm" ? valueFrom.replace(/^.*:parameter/, "") : valueFrom;
        return { container, variable, valueFrom, store: "ssm", id, jsonKey: undefined };
      }
      const parts = valueFrom.split(":");
      return { container, variable, valueFrom, store: "secretsmanager", id: parts.slice(0, 7).join(":"), jsonKey: parts[7] || undefined };
    }),
  );
}
