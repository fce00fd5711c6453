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
  field.at("vpc", "security_groups")?.claim();
  const connect = field.at("connect");
  if (!connect) return;
  if (connect.isMap) connect.at("alias")?.claim();
  else if (connect.boolean()) connect.claim();
  else connect.claim({ outcome: "exact", to: undefined });
}
