import { scheduledTask } from "@fairlead/model";

import type { DiagnosisClients } from "../clients";
import type { Gathered } from "./gathered";
import { valueOf, type Lookout, type Seen } from "./lookout";
import { targetTaskDefinitionArn } from "./revision";

/** Deployments that are described: the one that goes on or failed, and the ones before it. */
const mostDeployments = 5;

/** The service, and the cluster that it is in. */
export async function gatherService(gathered: Gathered, clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const { DescribeClustersCommand, DescribeServicesCommand } = await import("@aws-sdk/client-ecs");
  const { clusterArn: cluster, serviceName } = gathered.subject;
  const [clusters, service] = await Promise.all([
    lookout.ask("ecs:DescribeClusters", async () => (await clients.ecs()).send(new DescribeClustersCommand({ clusters: [cluster] }))),
    serviceName === undefined
      ? undefined
      : lookout.ask("ecs:DescribeServices", async () =>
          (await clients.ecs()).send(new DescribeServicesCommand({ cluster, services: [serviceName] })),
        ),
  ]);
  gathered.cluster = only(
    clusters,
    // ECS shows a deleted one for some time.
    ({ clusters: found }) => found?.find(({ status }) => status !== "INACTIVE"),
    `there is no cluster ${cluster}, or it was deleted`,
  );
  gathered.service = service && only(service, ({ services }) => services?.[0], `there is no service ${serviceName} in ${cluster}`);
}

function only<T, Item>(seen: Seen<T>, itemOf: (value: T) => Item | undefined, words: string): Seen<Item> {
  if (seen.state !== "seen") return seen;
  const item = itemOf(seen.value);
  return item === undefined ? { state: "absent", words } : { state: "seen", value: item };
}

/** The service's last deployments and their revisions. */
export async function gatherDeployments(gathered: Gathered, clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const { DescribeServiceDeploymentsCommand, DescribeServiceRevisionsCommand, ListServiceDeploymentsCommand } =
    await import("@aws-sdk/client-ecs");
  const { clusterArn: cluster, serviceName: service } = gathered.subject;
  if (service === undefined) return;
  // The list is not promised to be in any order; one page is enough for the last ones in practice, as ECS gives the newest first.
  const list = new ListServiceDeploymentsCommand({ cluster, service, maxResults: 20 });
  const found = valueOf(await lookout.ask("ecs:ListServiceDeployments", async () => (await clients.ecs()).send(list)));
  const newest = (found?.serviceDeployments ?? [])
    .sort((a, b) => Number(b.createdAt) - Number(a.createdAt))
    .slice(0, mostDeployments)
    .map(({ serviceDeploymentArn }) => serviceDeploymentArn!);
  if (newest.length === 0) return;
  const describe = new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: newest });
  const described = valueOf(await lookout.ask("ecs:DescribeServiceDeployments", async () => (await clients.ecs()).send(describe)));
  gathered.deployments = (described?.serviceDeployments ?? []).sort((a, b) => Number(b.createdAt) - Number(a.createdAt));
  const [first] = gathered.deployments;
  const sources = (first?.sourceServiceRevisions ?? []).map(({ arn }) => arn);
  const arns = [...new Set([first?.targetServiceRevision?.arn, ...sources])].filter((arn) => arn !== undefined).slice(0, 20);
  if (arns.length === 0) return;
  const revisions = new DescribeServiceRevisionsCommand({ serviceRevisionArns: arns });
  const seen = valueOf(await lookout.ask("ecs:DescribeServiceRevisions", async () => (await clients.ecs()).send(revisions)));
  for (const revision of seen?.serviceRevisions ?? []) gathered.revisions.set(revision.serviceRevisionArn!, revision);
}

/** The task definitions that matter: of the newest deployment, of the service, of the tasks that stopped last. */
export async function gatherTaskDefinitions(gathered: Gathered, clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const { DescribeTaskDefinitionCommand } = await import("@aws-sdk/client-ecs");
  const service = valueOf(gathered.service);
  const target = targetTaskDefinitionArn(gathered);
  const { family } = gathered.subject;
  const scheduled = scheduledTask(valueOf(gathered.schedule)?.Target ?? {})?.TaskDefinitionArn;
  const wanted = [target, gathered.stoppedTasks[0]?.taskDefinitionArn, service?.taskDefinition, ...(service ? [] : [scheduled ?? family])];
  const arns = [...new Set(wanted)].filter((arn) => arn !== undefined).slice(0, 3);
  const answers = await Promise.all(
    arns.map(async (taskDefinition) => {
      const command = new DescribeTaskDefinitionCommand({ taskDefinition });
      return valueOf(await lookout.ask("ecs:DescribeTaskDefinition", async () => (await clients.ecs()).send(command)))?.taskDefinition;
    }),
  );
  // In the order of what was asked, not of who answered first.
  for (const described of answers) if (described) gathered.taskDefinitions.set(described.taskDefinitionArn!, described);
}

/** The instances of a cluster that is on EC2, where tasks find no place. */
export async function gatherInstances(gathered: Gathered, clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const { DescribeContainerInstancesCommand, ListContainerInstancesCommand } = await import("@aws-sdk/client-ecs");
  const { clusterArn: cluster } = gathered.subject;
  const list = new ListContainerInstancesCommand({ cluster });
  const listed = await lookout.ask("ecs:ListContainerInstances", async () => (await clients.ecs()).send(list));
  if (listed.state !== "seen") return void (gathered.containerInstances = listed);
  const { containerInstanceArns: containerInstances = [] } = listed.value;
  if (containerInstances.length === 0) return void (gathered.containerInstances = { state: "seen", value: [] });
  const describe = new DescribeContainerInstancesCommand({ cluster, containerInstances });
  const described = await lookout.ask("ecs:DescribeContainerInstances", async () => (await clients.ecs()).send(describe));
  gathered.containerInstances = described.state === "seen" ? { state: "seen", value: described.value.containerInstances ?? [] } : described;
}
