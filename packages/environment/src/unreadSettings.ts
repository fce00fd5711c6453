import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { closest, coded } from "@fairlead/model";
import * as pulumi from "@pulumi/pulumi";

/** Namespace that the documents write keys with, which is the name of a project as it is cloned. */
const documented = "fairlead";
const isProgram = /\.[cm]?[jt]s$/;

/**
 * Tells of keys in the configuration of the stack that nobody is seen to read: a guard that one was to set would be off in silence. A composition may
 * read keys of its own, so that one which a program beside the compositions names is none of them, and none is refused.
 *
 * @param stacks folder of the compositions
 * @param keys all that Fairlead reads
 */
export function unreadSettings(stacks: string, keys: readonly string[]): string[] {
  const project = pulumi.getProject();
  const all = Object.keys(pulumi.runtime.allConfig());
  const within = (namespace: string) => all.filter((key) => key.startsWith(`${namespace}:`)).map((key) => key.slice(namespace.length + 1));
  const own = within(project);
  const unknown = own.filter((key) => !keys.includes(key));
  const programs = unknown.length > 0 ? textsOf(stacks) : [];
  const unread = unknown.filter((key) => !programs.some((text) => text.includes(key)));
  const elsewhere = project === documented ? [] : within(documented).filter((key) => keys.includes(key));
  const alone = own.includes("unscannedImages") && !own.includes("maximumSeverity");
  return [
    ...(alone ? [coded("FL2409", `${project}:unscannedImages sets nothing without ${project}:maximumSeverity.`)] : []),
    ...unread.map((key) => {
      const meant = closest(key, keys);
      const fix = meant
        ? `Did you mean ${project}:${meant}?`
        : `Fairlead reads ${keys.join(", ")}. Remove it, or name it in a comment where another program reads it.`;
      return coded(
        "FL2409",
        `${project}:${key} is read neither by Fairlead nor by a program beside the compositions, and sets nothing. ${fix}`,
      );
    }),
    ...elsewhere.map((key) =>
      coded("FL2409", `${documented}:${key} is read by nobody: the project is called ${project}. Write ${project}:${key}.`),
    ),
  ];
}

function textsOf(folder: string): string[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && isProgram.test(entry.name));
  return files.map(({ name }) => readFileSync(join(folder, name), "utf8"));
}
