import type { TaskDefinition } from "@aws-sdk/client-ecs";

import type { DiagnosisClients } from "../clients";
import { ecrImage, secretReferences, type EcrImage } from "../references";
import type { Denial, Gathered, ImageSeen } from "./gathered";
import { valueOf, type Lookout, type Seen } from "./lookout";
import { targetTaskDefinition } from "./revision";

/** Repositories, secrets and keys that are asked for: each is a call. */
const mostRepositories = 3;
const mostSecrets = 3;
const mostKeys = 1;

/** What a start needs: images, secrets, keys, and the execution role's permissions where a start failed. */
export async function gatherStart(gathered: Gathered, clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const definition = targetTaskDefinition(gathered);
  if (!definition) return;
  const failed = gathered.stoppedTasks.some(({ stopCode }) => stopCode === "TaskFailedToStart");
  await Promise.all([
    gatherImages(gathered, definition, clients, lookout),
    gatherSecrets(gathered, definition, clients, lookout),
    failed && gatherDenials(gathered, definition, clients, lookout),
  ]);
}

const manifestTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

async function gatherImages(gathered: Gathered, definition: TaskDefinition, clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const references = (definition.containerDefinitions ?? []).flatMap(({ image }) => (image ? [image] : []));
  const images = references.flatMap((reference) => ecrImage(reference) ?? []);
  const { BatchGetImageCommand } = await import("@aws-sdk/client-ecr");
  const client = async (region: string) => {
    const ecr = await clients.ecr();
    return (await ecr.config.region()) === region ? ecr : undefined;
  };
  const registryOf = ({ accountId, region, repository }: EcrImage) => [accountId, region, repository].join(" ");
  const repositories = [...new Set(images.map(registryOf))].slice(0, mostRepositories);
  await Promise.all(
    repositories.map(async (registry) => {
      const ofRepository = images.filter((image) => registryOf(image) === registry);
      const { accountId, region, repository: repositoryName } = ofRepository[0]!;
      const ecr = await client(region);
      // Another region's registry needs a client of its own; what is there is told by the pull itself.
      if (!ecr) return;
      const imageIds = ofRepository.map(({ digest, tag }) => (digest ? { imageDigest: digest } : { imageTag: tag }));
      const command = new BatchGetImageCommand({ registryId: accountId, repositoryName, imageIds, acceptedMediaTypes: manifestTypes });
      const seen = await lookout.ask("ecr:BatchGetImage", () => ecr.send(command));
      for (const { reference, digest, tag } of ofRepository) {
        const found =
          seen.state === "seen"
            ? seen.value.images?.find(({ imageId }) => (digest ? imageId?.imageDigest === digest : imageId?.imageTag === tag))
            : undefined;
        const absent: Seen<ImageSeen> = { state: "absent", words: "ECR: Requested image not found" };
        const image: Seen<ImageSeen> =
          seen.state !== "seen"
            ? seen
            : found
              ? { state: "seen", value: { reference, platforms: platformsIn(found.imageManifest ?? "") } }
              : absent;
        gathered.images.set(reference, image);
      }
    }),
  );
}

/** Platforms that an index names; undefined for a manifest of one. */
function platformsIn(manifest: string): string[] | undefined {
  try {
    const { manifests } = JSON.parse(manifest) as { manifests?: { platform?: { os: string; architecture: string; variant?: string } }[] };
    return manifests?.flatMap(({ platform }) => (platform && platform.os !== "unknown" ? [`${platform.os}/${platform.architecture}`] : []));
  } catch {
    return undefined;
  }
}

async function gatherSecrets(gathered: Gathered, definition: TaskDefinition, clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const references = secretReferences(definition);
  // Those first that AWS has named as it could not start a task.
  const words = gathered.stoppedTasks.map(({ stoppedReason }) => stoppedReason).join("\n");
  const ids = [...new Set(references.flatMap(({ store, id }) => (store === "secretsmanager" ? [id] : [])))]
    .sort((a, b) => Number(words.includes(b)) - Number(words.includes(a)))
    .slice(0, mostSecrets);
  const parameters = [...new Set(references.flatMap(({ store, id }) => (store === "ssm" ? [id] : [])))].slice(0, 50);
  await Promise.all([
    ...ids.map(async (SecretId) => {
      const { DescribeSecretCommand } = await import("@aws-sdk/client-secrets-manager");
      const seen = await lookout.ask("secretsmanager:DescribeSecret", async () =>
        (await clients.secretsManager()).send(new DescribeSecretCommand({ SecretId })),
      );
      const described =
        seen.state === "seen"
          ? ({
              state: "seen",
              value: {
                isToBeDeleted: seen.value.DeletedDate !== undefined,
                kmsKeyId: seen.value.KmsKeyId,
                lastChanged: seen.value.LastRotatedDate ?? seen.value.LastChangedDate,
              },
            } as const)
          : seen;
      for (const { valueFrom, id } of references) if (id === SecretId) gathered.secrets.set(valueFrom, described);
    }),
    parameters.length > 0 && gatherParameters(gathered, parameters, definition, clients, lookout),
  ]);
  await gatherKeys(gathered, clients, lookout);
}

async function gatherParameters(
  gathered: Gathered,
  names: string[],
  definition: TaskDefinition,
  clients: DiagnosisClients,
  lookout: Lookout,
): Promise<void> {
  const { DescribeParametersCommand } = await import("@aws-sdk/client-ssm");
  // Not GetParameters: that would give their values.
  const command = new DescribeParametersCommand({ ParameterFilters: [{ Key: "Name", Option: "Equals", Values: names }] });
  const seen = await lookout.ask("ssm:DescribeParameters", async () => (await clients.ssm()).send(command));
  for (const { store, id, valueFrom } of secretReferences(definition)) {
    if (store !== "ssm") continue;
    if (seen.state !== "seen") gathered.secrets.set(valueFrom, seen);
    else if (seen.value.Parameters?.some(({ Name }) => Name === id)) {
      gathered.secrets.set(valueFrom, { state: "seen", value: { isToBeDeleted: false, kmsKeyId: undefined, lastChanged: undefined } });
    } else if (!seen.value.NextToken) gathered.secrets.set(valueFrom, { state: "absent", words: `SSM has no parameter ${id}` });
  }
}

async function gatherKeys(gathered: Gathered, clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const ids = [...gathered.secrets.values()].flatMap((seen) => valueOf(seen)?.kmsKeyId ?? []);
  const { DescribeKeyCommand } = await import("@aws-sdk/client-kms");
  await Promise.all(
    [...new Set(ids)].slice(0, mostKeys).map(async (KeyId) => {
      const seen = await lookout.ask("kms:DescribeKey", async () => (await clients.kms()).send(new DescribeKeyCommand({ KeyId })));
      gathered.keys.set(
        KeyId,
        seen.state !== "seen"
          ? seen
          : seen.value.KeyMetadata
            ? { state: "seen", value: seen.value.KeyMetadata }
            : { state: "absent", words: `KMS has no key ${KeyId}` },
      );
    }),
  );
}

async function gatherDenials(gathered: Gathered, definition: TaskDefinition, clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const { executionRoleArn, containerDefinitions = [] } = definition;
  if (executionRoleArn === undefined) return;
  const images = containerDefinitions.flatMap(({ image }) => (image ? (ecrImage(image) ?? []) : []));
  const repositories = images.map(
    ({ accountId, region, repository, partition }) => `arn:${partition}:ecr:${region}:${accountId}:repository/${repository}`,
  );
  const secrets = secretReferences(definition).filter(({ id }) => id.startsWith("arn:"));
  const needs: [action: string, resources: string[]][] = [
    ["ecr:GetAuthorizationToken", images.length > 0 ? ["*"] : []],
    ["ecr:BatchGetImage", repositories],
    ["ecr:GetDownloadUrlForLayer", repositories],
    ["secretsmanager:GetSecretValue", secrets.flatMap(({ store, id }) => (store === "secretsmanager" ? [id] : []))],
    ["ssm:GetParameters", secrets.flatMap(({ store, id }) => (store === "ssm" ? [id] : []))],
  ];
  const asked = needs.filter(([, resources]) => resources.length > 0);
  const ResourceArns = [...new Set(asked.flatMap(([, resources]) => resources))].filter((arn) => arn !== "*");
  if (asked.length === 0) return;
  const { SimulatePrincipalPolicyCommand } = await import("@aws-sdk/client-iam");
  const command = new SimulatePrincipalPolicyCommand({
    ...{ PolicySourceArn: executionRoleArn, ActionNames: asked.map(([action]) => action) },
    ...(ResourceArns.length > 0 && { ResourceArns }),
  });
  const seen = await lookout.ask("iam:SimulatePrincipalPolicy", async () => (await clients.iam()).send(command));
  if (seen.state !== "seen") return void (gathered.executionDenials = seen);
  const denials = (seen.value.EvaluationResults ?? []).flatMap(({ EvalActionName, EvalResourceName = "*", EvalDecision }): Denial[] => {
    const resources = asked.find(([action]) => action === EvalActionName)?.[1] ?? [];
    // An action that knows no resource is judged with each that was named.
    const isMeant = resources.includes("*") || resources.includes(EvalResourceName);
    if (!isMeant || EvalDecision === "allowed") return [];
    return [{ action: EvalActionName!, resource: EvalResourceName, isExplicit: EvalDecision === "explicitDeny" }];
  });
  gathered.executionDenials = { state: "seen", value: denials };
}
