import type { DataKind } from "@fairlead/model";

import type { SourceNode } from "../../source/sourceNode";
import type { DataNeed } from "../../write/imported";

/** Data of an addon, and what of it others know. */
export interface AddonData extends DataNeed {
  kind: DataKind;
  /** Variables that the program of its service knows it by, by the part of the binding. */
  as: Record<string, string | string[]>;
}

/** What an export of the environments' addons is of. */
export interface Exported {
  data: AddonData;
  /** The part of a binding that its value is; undefined where it is none. */
  part?: string;
  /** It is a security group: whoever has it reaches the data, as whoever is bound to it does here. */
  opensData: boolean;
}

/** Exports by their names without the application's and the environment's. */
export type Exports = ReadonlyMap<string, Exported>;

/** What a text imports: the longest name that it ends with. It may be in quotes, behind the function that imports. */
export function exportedBy(exports: Exports, text: string): Exported | undefined {
  const bare = text.replace(/['"\s]+$/, "");
  const [name] = [...exports.keys()].filter((each) => bare.endsWith(`-${each}`)).sort((a, b) => b.length - a.length);
  return name === undefined ? undefined : exports.get(name);
}

/** What a value imports, if it is an import and nothing else. */
export function importedIn(exports: Exports, node: SourceNode | undefined): Exported | undefined {
  if (!node) return undefined;
  if (node.kind === "scalar") return exportedBy(exports, node.text);
  const children = node.kind === "list" ? node.items : [...node.entries.values()].map(({ value }) => value);
  return children.map((child) => importedIn(exports, child)).find((found) => found !== undefined);
}
