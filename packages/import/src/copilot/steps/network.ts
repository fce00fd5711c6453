import type { Field } from "../../fields/field";
import type { Translation } from "../translation";

/** `network`: subnets, security groups and Service Connect. */
export function network(translation: Translation): void {
  const { root, type } = translation;
  const field = root.at("network");
  if (!field) return;
  if (type === "Request-Driven Web Service") {
    field.claim();
    return;
  }
  const placement = field.at("vpc", "placement");
  if (placement?.isMap) {
    placement.at("subnets")?.claim();
    translation.inPrivateSubnets = true;
  } else if (placement) {
    translation.inPrivateSubnets = placement.text() === "private";
    placement.claim();
  }
  // The stacks that are written give tasks public addresses, as Copilot does.
  if (translation.inPrivateSubnets) translation.set("assignPublicIp", false);
  securityGroups(translation, field.at("vpc", "security_groups"));
  const connect = field.at("connect");
  if (!connect) return;
  if (connect.isMap) connect.at("alias")?.claim();
  else if (connect.boolean()) connect.claim();
  else connect.claim({ outcome: "exact", to: undefined });
}

/** A group that another stack exports: Copilot's own form, and CloudFormation's as a text, which Copilot hands on as it stands. */
function importedGroup(item: Field): Field | undefined {
  if (item.isMap) return item.at("from_cfn");
  return item.node.kind === "scalar" && /^(?:Fn::ImportValue:|!ImportValue\b)/.test(item.node.text) ? item : undefined;
}

/** What is to do about groups whose ids are not in the manifest. */
export const groupsToWrite = "Write the id of each group into securityGroups: what other stacks export is not read here.";

/** Groups of their own: `[sg-…]`, or `{ deny_default, groups }`. */
function securityGroups(translation: Translation, field: Field | undefined): void {
  // Here no group stands for all services of an environment: each has its own, which nobody is let into by default.
  field?.at("deny_default")?.claim();
  const groups = field?.isMap ? field.at("groups") : field;
  if (!groups) return;
  const items = groups.isList ? groups.items().filter(({ node }) => node.kind !== "scalar" || !node.isNull) : [];
  const imported = items.flatMap((item) => importedGroup(item) ?? []);
  if (imported.length > 0 && imported.length === items.length) {
    groups.cover();
    for (const each of imported) translation.importOf(each);
    return;
  }
  const ids = groups.isList ? groups.items().flatMap((item) => (!item.isMap && item.text()) || []) : [];
  const areIds = ids.length > 0 && ids.length === groups.items().length;
  if (!areIds) return groups.claim({ text: groupsToWrite });
  if (!translation.adoptsVpc) return groups.claim();
  translation.set("securityGroups", ids);
  groups.claim({ outcome: "exact", to: "securityGroups" });
}
