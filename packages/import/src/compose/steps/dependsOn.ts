import { childOf } from "../../source/sourceNode";
import { asMap } from "../merge";
import type { ServiceTranslation } from "../serviceTranslation";
import { textsOf } from "../loadProject";

/** `depends_on` and `links`: what is started first. */
export function dependsOn(translation: ServiceTranslation): void {
  const field = translation.root.at("depends_on");
  const map = field && asMap(field.node, true);
  if (field && !map) field.refuse("a list of services, or a map of them");
  for (const [name, { value }] of map?.entries ?? []) {
    const condition = childOf(value, "condition");
    translation.dependsOn.set(name, condition?.kind === "scalar" ? condition.text : "service_started");
  }
  for (const link of textsOf(childOf(translation.node, "links"))) {
    const name = link.split(":")[0]!;
    if (!translation.dependsOn.has(name)) translation.dependsOn.set(name, "service_started");
  }
}
