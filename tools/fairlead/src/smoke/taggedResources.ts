import type { Plan } from "@fairlead/plan";

import type { SmokeAccount } from "./account";
import { asking } from "./awsCall";
import { smokeTag } from "./smokeTag";

/**
 * ARNs of what has the run's tag, or had it not long ago: what GetResources of the Resource Groups Tagging API finds, and roles, which it doesn't know.
 * It doesn't know Auto Scaling groups either, which get no tag by `aws:defaultTags`.
 *
 * @see https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html
 */
export async function taggedResources(account: SmokeAccount, id: string, plan: Plan, region: string): Promise<string[]> {
  const found = await Promise.all([
    ...regionsOf(plan, region).map((each) => asking("tag:GetResources", each, () => withTag(account, id, each))),
    ...rolePathsOf(plan).map((path) => asking("iam:ListRoles", region, () => rolesWithTag(account, id, path, region))),
  ]);
  return [...new Set(found.flat())].sort();
}

/** The stack's, those of resources that are elsewhere, and the one in which what is global is found, such as a distribution. */
export function regionsOf({ resources }: Plan, region: string): string[] {
  const global = region.startsWith("cn-") ? "cn-northwest-1" : region.startsWith("us-gov-") ? "us-gov-west-1" : "us-east-1";
  const named = resources.flatMap(({ inputs }) => (typeof inputs.region === "string" ? [inputs.region] : []));
  return [...new Set([region, ...named, global])].sort();
}

async function withTag(account: SmokeAccount, id: string, region: string): Promise<string[]> {
  const { paginateGetResources, ResourceGroupsTaggingAPIClient } = await import("@aws-sdk/client-resource-groups-tagging-api");
  const client = new ResourceGroupsTaggingAPIClient(await account.config("resourcegroupstaggingapi", region));
  const arns: string[] = [];
  for await (const { ResourceTagMappingList = [] } of paginateGetResources({ client }, { TagFilters: [{ Key: smokeTag, Values: [id] }] })) {
    arns.push(...ResourceTagMappingList.flatMap(({ ResourceARN }) => ResourceARN ?? []));
  }
  return arns;
}

function rolePathsOf({ resources }: Plan): string[] {
  const roles = resources.filter(({ type }) => type === "aws:iam/role:Role");
  return [...new Set(roles.map(({ inputs }) => (typeof inputs.path === "string" ? inputs.path : "/")))];
}

/** A list of roles has no tags. */
async function rolesWithTag(account: SmokeAccount, id: string, PathPrefix: string, region: string): Promise<string[]> {
  const { IAMClient, ListRoleTagsCommand, paginateListRoles } = await import("@aws-sdk/client-iam");
  const client = new IAMClient(await account.config("iam", region));
  const arns: string[] = [];
  for await (const { Roles = [] } of paginateListRoles({ client }, { PathPrefix })) {
    for (const { Arn, RoleName } of Roles) {
      const { Tags = [] } = await asking("iam:ListRoleTags", region, () => client.send(new ListRoleTagsCommand({ RoleName: RoleName! })));
      if (Tags.some(({ Key, Value }) => Key === smokeTag && Value === id)) arns.push(Arn!);
    }
  }
  return arns;
}
