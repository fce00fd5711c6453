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
  if (placement?.isMap) placement.at("subnets")?.claim();
  else
    placement?.claim(
      placement.text() === "private" ? { outcome: "exact", to: "(private subnets)", text: undefined } : { was: placement.text() },
    );
  field.at("vpc", "security_groups")?.claim();
  const connect = field.at("connect");
  if (!connect) return;
  if (connect.isMap) connect.at("alias")?.claim();
  else if (connect.boolean()) connect.claim();
  else connect.claim({ outcome: "exact", to: undefined });
}
