import type { Bindable } from "./bindable";
import { checkTopics } from "./checkTopics";
import type { DataDeclaration, DataSettings } from "./declaration";

/**
 * Makes what was declared, in its order.
 *
 * @throws pulumi.InputPropertiesError with every name of a topic that leads nowhere, before anything is made
 */
export function createData(declarations: Record<string, DataDeclaration>, settings: DataSettings): Map<string, Bindable> {
  checkTopics(declarations);
  const made = new Map<string, Bindable>();
  for (const [name, declaration] of Object.entries(declarations)) made.set(name, declaration.create(name, settings, made));
  return made;
}
