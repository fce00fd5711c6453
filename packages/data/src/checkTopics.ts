import { ArgumentErrors } from "@fairlead/foundation";
import { closest, type DataKind } from "@fairlead/model";

/** What of a declaration says which topics it names. */
interface Naming {
  kind: DataKind;
  topics?: readonly string[];
}

/** @throws pulumi.InputPropertiesError with every topic that a declaration names and that is not declared before it */
export function checkTopics(declarations: Readonly<Record<string, Naming>>): void {
  const errors = new ArgumentErrors();
  const names = Object.keys(declarations);
  for (const [place, [name, { topics = [] }]] of Object.entries(declarations).entries()) {
    const before = names.slice(0, place).filter((other) => declarations[other]!.kind === "topic");
    for (const [index, topic] of topics.entries()) {
      if (!before.includes(topic)) errors.refuse(`${name}.topics[${index}]`, problemOf(name, topic, before, declarations));
    }
  }
  errors.throwIfAny("Data");
}

function problemOf(name: string, topic: string, before: readonly string[], declarations: Readonly<Record<string, Naming>>): string {
  const declared = declarations[topic];
  if (declared?.kind === "topic")
    return `"${topic}" is declared after ${name}: things are made in their order. Declare ${topic} above ${name}`;
  const problem = declared ? `"${topic}" is a ${declared.kind}, and only topics send to a queue` : `there is no topic "${topic}"`;
  const topics = Object.keys(declarations).filter((other) => declarations[other]!.kind === "topic");
  const suggestion = closest(topic, topics);
  const expected = `Topics declared before ${name}: ${before.join(", ") || "none"}`;
  const meant = suggestion && `Did you mean "${suggestion}"?${before.includes(suggestion) ? "" : ` Declare it above ${name}`}`;
  return [problem, expected, ...(meant ? [meant] : [])].join(". ");
}
