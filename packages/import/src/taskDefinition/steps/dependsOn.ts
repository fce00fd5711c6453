import type { Field } from "../../fields/field";
import { secretWord } from "../../fields/secretWord";
import { textOf } from "../textOf";
import type { TaskDefinitionTranslation } from "../translation";

const conditions = ["START", "COMPLETE", "SUCCESS", "HEALTHY"];
const expected = `containerName, that of another container, and ${conditions.slice(0, -1).join(", ")} or ${conditions.at(-1)} as condition`;

/** Containers that a container waits for. @param nameOf a container's name here; undefined for what is no container here */
export function dependsOn(
  translation: TaskDefinitionTranslation,
  container: Field,
  to: readonly string[],
  nameOf: (container: string) => string | undefined,
): void {
  const others = (translation.root.at("containerDefinitions")?.items() ?? []).filter(({ node }) => node !== container.node);
  for (const item of container.at("dependsOn")?.items() ?? []) {
    const [name, condition] = [textOf(item, "containerName"), textOf(item, "condition")?.toUpperCase()];
    const other = others.find((each) => name !== undefined && textOf(each, "name") === name);
    if (name === undefined || !other || !condition || !conditions.includes(condition)) {
      item.refuse(expected);
      continue;
    }
    const own = nameOf(name);
    if (own === undefined) {
      const text = "the router of logs is Fairlead's own, and ECS starts it before what writes to it.";
      item.claim({ outcome: "changed", to: "logRouting", was: `${name}: ${condition}`, text });
      continue;
    }
    const isUnchecked = condition === "HEALTHY" && !hasCheck(other);
    translation.set([...to, "dependsOn"], own, isUnchecked ? "START" : condition);
    item.at("containerName")!.claim();
    const text = `${name} has no check here that could say so, and ECS asks for one: give it a containerHealthCheck, and write HEALTHY again.`;
    item.at("condition")!.claim(isUnchecked ? { outcome: "decide", was: condition, now: "START", text } : {});
  }
}

/** Whether a check is written for a container: ECS reads none of the image's. */
function hasCheck(container: Field): boolean {
  const command = container.at("healthCheck", "command")?.node;
  const words = command?.kind === "list" ? command.items.flatMap((item) => (item.kind === "scalar" ? item.text : [])) : [];
  const program = words[0] === "CMD" ? words.slice(1) : words;
  return program.length > 0 && program[0] !== "NONE" && secretWord(words) === undefined;
}
