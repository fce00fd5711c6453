import { childOf, type Place } from "../../source/sourceNode";
import { asMap } from "../merge";
import type { ServiceTranslation } from "../serviceTranslation";
import { textsOf } from "../loadProject";

function refuseUnknown({ context: { problems }, key }: ServiceTranslation, name: string, place: Place): void {
  problems.push({
    code: "FL2904",
    ...place,
    problem: `${key} depends on ${name}, which is no service of the project`,
    expected: "a service of the project, or required: false",
    consequence: "Compose refuses it as well.",
    fix: "Correct it in the source, and import again.",
  });
}

/** `depends_on` and `links`: what is started first. */
export function dependsOn(translation: ServiceTranslation, services: ReadonlyMap<string, unknown>): void {
  const field = translation.root.at("depends_on");
  const map = field && asMap(field.node, true);
  if (field && !map) field.refuse("a list of services, or a map of them");
  for (const [name, { value, keyPlace }] of map?.entries ?? []) {
    const required = childOf(value, "required");
    if (!services.has(name)) {
      const isOptional = required?.kind === "scalar" && required.text === "false";
      if (!isOptional) refuseUnknown(translation, name, keyPlace);
      continue;
    }
    const condition = childOf(value, "condition");
    translation.dependsOn.set(name, condition?.kind === "scalar" ? condition.text : "service_started");
  }
  for (const link of textsOf(childOf(translation.node, "links"))) {
    const name = link.split(":")[0]!;
    if (!translation.dependsOn.has(name)) translation.dependsOn.set(name, "service_started");
  }
}
