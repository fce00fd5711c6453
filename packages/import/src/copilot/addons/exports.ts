import type { DataKind } from "@fairlead/model";

import type { SourceNode } from "../../source/sourceNode";
import type { DataNeed } from "../../write/imported";

/** Data of an addon, and what of it others know. */
export interface AddonData extends DataNeed {
  kind: DataKind;
  /** Variables that the program of its service knows it by, by the part of the binding. */
  as: Record<string, string | string[]>;
  /** What declares it in each environment, where it is what was there before and stays. */
  existing?: ReadonlyMap<string, string>;
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

/** What a value imports, of the first import in it. */
export function importedIn(exports: Exports, node: SourceNode | undefined): Exported | undefined {
  return importsIn(exports, node)[0];
}

/** All that a value imports. */
export function importsIn(exports: Exports, node: SourceNode | undefined): Exported[] {
  if (!node) return [];
  if (node.kind === "scalar") return [exportedBy(exports, node.text)].filter((found) => found !== undefined);
  const children = node.kind === "list" ? node.items : [...node.entries.values()].map(({ value }) => value);
  return children.flatMap((child) => importsIn(exports, child));
}
