import type { StackClients } from "@fairlead/operations";
import type { Plan } from "@fairlead/plan";

/** A resource whose name the plan fixes, and that has this name at AWS already: `up` would fail to make it. */
export interface NamedThing {
  urn: string;
  type: string;
  name: string;
}

/** Which of the names of a type are taken. */
type Taken = (clients: StackClients, names: readonly string[]) => Promise<string[]>;

/** Types whose names the plan fixes, with the calls that tell. */
const asked: Readonly<Record<string, Taken>> = {
  "aws:ecr/repository:Repository": takenRepositories,
  "aws:ecs/cluster:Cluster": takenClusters,
  "aws:cloudwatch/logGroup:LogGroup": takenLogGroups,
};

/**
 * Resources of the plan that exist under their very names.
 *
 * @param known names that are known to exist by other calls, by type
 * @param inState URNs that the stack has made
 */
export async function namedThings(
  clients: StackClients,
  plan: Plan,
  inState: ReadonlySet<string>,
  known: Readonly<Record<string, readonly string[]>> = {},
): Promise<NamedThing[]> {
  const named = plan.resources.flatMap(({ urn, type, inputs }) =>
    typeof inputs.name === "string" && !inState.has(urn) && (type in asked || type in known) ? [{ urn, type, name: inputs.name }] : [],
  );
  const taken = new Map<string, ReadonlySet<string>>();
  for (const type of new Set(named.map(({ type }) => type))) {
    const names = named.filter((each) => each.type === type).map(({ name }) => name);
    taken.set(type, new Set([...((await asked[type]?.(clients, names)) ?? []), ...(known[type] ?? [])]));
  }
  return named.filter(({ type, name }) => taken.get(type)!.has(name));
}

async function takenRepositories(clients: StackClients, names: readonly string[]): Promise<string[]> {
  const { DescribeRepositoriesCommand } = await import("@aws-sdk/client-ecr");
  const client = await clients.ecr();
  const each = names.map((name) =>
    client.send(new DescribeRepositoriesCommand({ repositoryNames: [name] })).then(
      () => [name],
      (error: Error) => {
        if (error.name === "RepositoryNotFoundException") return [];
        throw error;
      },
    ),
  );
  return (await Promise.all(each)).flat();
}

async function takenClusters(clients: StackClients, names: readonly string[]): Promise<string[]> {
  const { DescribeClustersCommand } = await import("@aws-sdk/client-ecs");
  const { clusters = [] } = await (await clients.ecs()).send(new DescribeClustersCommand({ clusters: [...names] }));
  return clusters.flatMap(({ clusterName, status }) => (clusterName !== undefined && status === "ACTIVE" ? [clusterName] : []));
}

async function takenLogGroups(clients: StackClients, names: readonly string[]): Promise<string[]> {
  const { DescribeLogGroupsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
  const client = await clients.logs();
  const each = names.map(async (logGroupNamePrefix) => {
    const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
    return logGroups.some(({ logGroupName }) => logGroupName === logGroupNamePrefix) ? [logGroupNamePrefix] : [];
  });
  return (await Promise.all(each)).flat();
}
