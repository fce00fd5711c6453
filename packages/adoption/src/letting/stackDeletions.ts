import type { StackClients } from "@fairlead/operations";

import { deletionsIn, type Deletion } from "./deletionPolicy";

/** What would become of what stacks of CloudFormation own, by its id at AWS; a nested stack by the template of its own. */
export async function stackDeletions(clients: StackClients, stacks: readonly string[]): Promise<ReadonlyMap<string, Deletion>> {
  // Of a stack that is gone, as after what its template kept, or that these credentials may not read, nothing can be told: ownerNotes says so.
  const found = await Promise.all([...new Set(stacks)].map((stack) => deletionsOf(clients, stack).catch(() => [])));
  return new Map(found.flat());
}

async function deletionsOf(clients: StackClients, StackName: string): Promise<[string, Deletion][]> {
  const { GetTemplateCommand, paginateListStackResources } = await import("@aws-sdk/client-cloudformation");
  const client = await clients.cloudFormation();
  const { TemplateBody = "" } = await client.send(new GetTemplateCommand({ StackName }));
  const deletions = deletionsIn(TemplateBody);
  const ids: [string, Deletion][] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName })) {
    for (const { LogicalResourceId = "", PhysicalResourceId } of StackResourceSummaries) {
      const deletion = deletions.get(LogicalResourceId);
      if (PhysicalResourceId !== undefined && deletion !== undefined) ids.push([PhysicalResourceId, deletion]);
    }
  }
  return ids;
}
