import type { Plan } from "@fairlead/plan";

import { awsEmulatorPort } from "../settings";
import { boundedLog, labelOf } from "../compose/upkeep";
import { awsScript, untilItListens } from "./awsCalls";
import { awsEndpoint, type DataContext, type LocalData } from "./model";
import { buckets } from "./aws/buckets";
import { queues } from "./aws/queues";
import { secrets } from "./aws/secrets";
import { tables } from "./aws/tables";
import { topics } from "./aws/topics";
import { rightsOfTaskRoles, usedByTasks } from "./aws/usedByTasks";
import { insideEndpoint, type AwsResource } from "./aws/resource";
import { localAccount, regionOf } from "./planResources";
import { usesData } from "./usesData";

/** Of the Compose file: what stands for AWS. */
export const awsEmulatorService = "aws.emulator";
/** Of the Compose file: what makes resources in it, and ends. */
export const awsResourcesService = "aws.resources";
const [emulator, resources] = [awsEmulatorService, awsResourcesService];
const script = "/etc/fairlead/aws-resources.sh";

/** Credentials that open nothing: emulators take any. */
const credentials = { AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" };

/** What {@link awsResources} gives. */
export interface LocalAwsResources {
  data: LocalData[];
  notes: string[];
}

/**
 * Queues, topics, tables, buckets and secrets of tasks, in an emulator of AWS's API. They are made before a task starts that uses one, each time: an emulator
 * may keep nothing. One that keeps data has a volume.
 *
 * @param known values of secrets, as {@link LocalData.secrets}
 */
export function awsResources(plan: Plan, context: DataContext, known: Readonly<Record<string, string>>): LocalAwsResources {
  const region = regionOf(plan);
  const rights = rightsOfTaskRoles(plan);
  const aws = { plan, region, rights, used: usedByTasks(plan, rights) };
  const all = [...[queues, topics, tables, buckets].flatMap((kind) => kind(aws)), ...secrets(aws, known)];
  if (all.length === 0) return { data: [], notes: [] };
  const calls = all.flatMap((resource) => resource.calls);
  const stages = ([0, 1, 2] as const).map((stage) => calls.filter((each) => each.stage === stage).map(({ call }) => call));
  const content = `${untilItListens}${awsScript(stages)}`;
  const made = new Set(all.map(({ urn }) => urn));
  const roles = [...rights].filter(([, urns]) => [...urns].some((urn) => made.has(urn))).map(([role]) => role);
  return { data: [localData(all, roles, { content, region }, context)], notes: all.flatMap(({ notes = [] }) => notes) };
}

function localData(
  all: readonly AwsResource[],
  roles: string[],
  { content, region }: { content: string; region: string },
  { settings, networksOfEndpoint }: DataContext,
): LocalData {
  const used = {
    resources: all.map(({ urn }) => urn),
    roles,
    outputs: Object.assign({}, ...all.map(({ outputs }) => outputs)) as Record<string, string>,
    secrets: {},
  };
  return {
    ...used,
    part: {
      services: {
        [emulator]: {
          image: settings.images.awsEmulator,
          // Of Floci and of moto, which go by different ones.
          environment: {
            FLOCI_STORAGE_MODE: "hybrid",
            MOTO_PORT: String(awsEmulatorPort),
            MOTO_ACCOUNT_ID: localAccount,
            AWS_DEFAULT_REGION: region,
            ...credentials,
          },
          // Another service that calls nothing of AWS leaves it as it is.
          networks: networksOfEndpoint((task) => usesData(task, used)),
          volumes: [{ type: "volume", source: emulator, target: "/app/data" }],
          stop_grace_period: "10s",
          restart: "unless-stopped",
          ...boundedLog,
        },
        [resources]: {
          image: settings.images.awsCli,
          entrypoint: ["/bin/sh", script],
          environment: {
            AWS_ENDPOINT_URL: insideEndpoint,
            AWS_REGION: region,
            AWS_DEFAULT_REGION: region,
            AWS_MAX_ATTEMPTS: "1",
            AWS_PAGER: "",
            ...credentials,
          },
          network_mode: `service:${emulator}`,
          configs: [{ source: resources, target: script }],
          labels: labelOf(content),
          // Not "healthy": an image brings a check of its own or has nothing to check with. The script waits until it is answered.
          depends_on: { [emulator]: { condition: "service_started", restart: true } },
          restart: "no",
        },
      },
      volumes: { [emulator]: { labels: { "fairlead.data": "aws" } } },
      configs: { [resources]: { content } },
    },
    dependsOn: { [emulator]: { condition: "service_started" }, [resources]: { condition: "service_completed_successfully" } },
    environment: { AWS_ENDPOINT_URL: awsEndpoint, ...credentials },
    mounts: [],
  };
}
