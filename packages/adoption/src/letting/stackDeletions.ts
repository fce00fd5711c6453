import type { Asking } from "../found/asking";
import { deletionsIn, type Deletion } from "./deletionPolicy";

/** What would become of what stacks of CloudFormation own, by its id at AWS; a nested stack by the template of its own. */
export async function stackDeletions(asking: Asking, stacks: readonly string[]): Promise<ReadonlyMap<string, Deletion>> {
  const found = await Promise.all([...new Set(stacks)].map((stack) => deletionsOf(asking, stack)));
  return new Map(found.flat());
}

async function deletionsOf({ clients, sight }: Asking, StackName: string): Promise<[string, Deletion][]> {
  const { GetTemplateCommand, paginateListStackResources } = await import("@aws-sdk/client-cloudformation");
  const client = await clients.cloudFormation();
  // Of a stack that is gone, as after what its template kept, nothing can be told: ownerNotes says so.
  const gone = ["ValidationError"];
  const template = await sight.seeWhere("templates of CloudFormation stacks", "cloudformation:GetTemplate", gone, () =>
    client.send(new GetTemplateCommand({ StackName })),
  );
  const deletions = deletionsIn(template?.TemplateBody ?? "");
  if (deletions.size === 0) return [];
  const ids: [string, Deletion][] = [];
  await sight.seeWhere("resources of CloudFormation stacks", "cloudformation:ListStackResources", gone, async () => {
    for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName })) {
      for (const { LogicalResourceId = "", PhysicalResourceId } of StackResourceSummaries) {
        const deletion = deletions.get(LogicalResourceId);
        if (PhysicalResourceId !== undefined && deletion !== undefined) ids.push([PhysicalResourceId, deletion]);
      }
    }
  });
  return ids;
}
