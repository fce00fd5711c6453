import type { Asking } from "./asking";
import { thingOf, type Thing } from "./thing";

/**
 * What has a tag in the stack's region, or had one once: whatever CloudFormation, Copilot or Terraform made with tags. What never had one AWS doesn't list
 * here.
 *
 * @param wanted tags that it must have; any by default
 * @see https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export async function taggedThings({ clients, sight }: Asking, wanted: Readonly<Record<string, string>> = {}): Promise<Thing[]> {
  const { paginateGetResources } = await import("@aws-sdk/client-resource-groups-tagging-api");
  const client = await clients.tags();
  const TagFilters = Object.entries(wanted).map(([Key, value]) => ({ Key, Values: [value] }));
  const things: Thing[] = [];
  await sight.see("what has a tag: networks, load balancers, data", "tag:GetResources", async () => {
    for await (const { ResourceTagMappingList = [] } of paginateGetResources({ client }, { TagFilters, ResourcesPerPage: 100 })) {
      for (const { ResourceARN = "", Tags = [] } of ResourceTagMappingList) {
        const thing = thingOf(ResourceARN, Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value ?? ""])));
        if (thing) things.push(thing);
      }
    }
  });
  return things.sort((a, b) => (a.arn < b.arn ? -1 : 1));
}
