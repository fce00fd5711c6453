import type { DataKind } from "@fairlead/model";

import type { Thing } from "../found/thing";
import { isExistingData, type ExistingData } from "./references";

/** Data that manifests bind to. */
export interface DeclaredData {
  name: string;
  kind: DataKind;
}

/** What exists and may be what is declared. */
export interface DataMatch {
  declared: DeclaredData;
  thing: Thing & { kind: ExistingData };
  /** Why it may be that. */
  why: string;
}

/** Kinds of what exists, by what is declared. */
const kindsOf: Record<DataKind, readonly ExistingData[]> = {
  postgres: ["databaseCluster", "databaseInstance"],
  cache: ["cache"],
  queue: ["queue"],
  topic: ["topic"],
  table: ["table"],
  bucket: ["bucket"],
  fileSystem: ["fileSystem"],
  // A manifest names one that exists under `secrets`.
  secret: [],
};

/**
 * What of that which exists may be the data that a stack declares: by its name at AWS, or by the one that its template gave it. Never surely: only a person
 * knows whether it holds what the services are to work with.
 */
export function dataMatches(declared: readonly DeclaredData[], things: readonly Thing[]): DataMatch[] {
  return declared.flatMap((each) => {
    const ofKind = things.filter(
      (thing): thing is DataMatch["thing"] => isExistingData(thing.kind) && kindsOf[each.kind].includes(thing.kind),
    );
    const named = ofKind.flatMap((thing) => {
      const why = likeness(each.name, thing);
      return why === undefined ? [] : [{ declared: each, thing, why }];
    });
    if (named.length > 0) return named;
    const alone = ofKind.length === 1 && declared.filter(({ kind }) => kind === each.kind).length === 1;
    return alone ? [{ declared: each, thing: ofKind[0]!, why: "the only one of its kind that was found" }] : [];
  });
}

function likeness(name: string, { id, tags }: Thing): string | undefined {
  const wanted = plain(name);
  const logicalId = tags["aws:cloudformation:logical-id"];
  if (logicalId !== undefined && plain(logicalId).includes(wanted)) return `its template calls it ${logicalId}`;
  if (plain(id).endsWith(wanted)) return "its name ends so";
  return plain(id).includes(wanted) ? "its name has that in it" : undefined;
}

const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
