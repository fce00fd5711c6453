import type { StackClients } from "@fairlead/operations";
import type { Plan } from "@fairlead/plan";

import type { Asking } from "./asking";

/** A resource whose name the plan fixes, and that has this name at AWS already: `up` would fail to make it. */
export interface NamedThing {
  urn: string;
  type: string;
  name: string;
}

/** How AWS is asked which of the names of a type are taken. */
interface Question {
  noun: string;
  /** As IAM calls it. */
  action: string;
  taken: (clients: StackClients, names: readonly string[]) => Promise<string[]>;
}

/** Types whose names the plan fixes, with the calls that tell. */
const questions: Readonly<Record<string, Question>> = {
  "aws:ecr/repository:Repository": { noun: "repositories", action: "ecr:DescribeRepositories", taken: takenRepositories },
  "aws:ecs/cluster:Cluster": { noun: "clusters", action: "ecs:DescribeClusters", taken: takenClusters },
  "aws:cloudwatch/logGroup:LogGroup": { noun: "log groups", action: "logs:DescribeLogGroups", taken: takenLogGroups },
  "aws:dynamodb/table:Table": { noun: "tables", action: "dynamodb:DescribeTable", taken: takenTables },
};

/**
 * Resources of the plan that exist under their very names.
 *
 * @param inState URNs that the stack has made
 */
export async function namedThings({ clients, sight }: Asking, plan: Plan, inState: ReadonlySet<string>): Promise<NamedThing[]> {
  const named = plan.resources.flatMap(({ urn, type, inputs }) =>
    typeof inputs.name === "string" && !inState.has(urn) && type in questions ? [{ urn, type, name: inputs.name }] : [],
  );
  const taken = new Map<string, ReadonlySet<string>>();
  for (const type of new Set(named.map((each) => each.type))) {
    const { noun, action, taken: ask } = questions[type]!;
    const names = named.filter((each) => each.type === type).map(({ name }) => name);
    const found = await sight.see(`${noun} that have the plan's names`, action, () => ask(clients, names));
    taken.set(type, new Set(found));
  }
  return named.filter(({ type, name }) => taken.get(type)!.has(name));
}

async function takenRepositories(clients: StackClients, names: readonly string[]): Promise<string[]> {
  const { DescribeRepositoriesCommand } = await import("@aws-sdk/client-ecr");
  const client = await clients.ecr();
  return taken(names, "RepositoryNotFoundException", (name) => client.send(new DescribeRepositoriesCommand({ repositoryNames: [name] })));
}

async function takenTables(clients: StackClients, names: readonly string[]): Promise<string[]> {
  const { DescribeTableCommand } = await import("@aws-sdk/client-dynamodb");
  const client = await clients.tables();
  return taken(names, "ResourceNotFoundException", (TableName) => client.send(new DescribeTableCommand({ TableName })));
}

/** Those of the names that AWS finds. @param none what it says where there is none */
async function taken(names: readonly string[], none: string, ask: (name: string) => Promise<unknown>): Promise<string[]> {
  const each = names.map((name) =>
    ask(name).then(
      () => [name],
      (error: Error) => {
        if (error.name === none) return [];
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
