import { closest, type FileProblem } from "@fairlead/model";

import { sourceName } from "../findings/sourceName";
import type { Claims } from "../findings/claims";
import type { MapNode, Place, SourceNode } from "../source/sourceNode";
import { foreignKey } from "./foreignKeys";
import { leadsOn, manifestRows, namesAt, rowAt, typesReading } from "./mapping";
import { environmentRows } from "./mapping/environment";
import type { WorkloadType } from "./workloadTypes";

/** What is needed to tell of the keys of one manifest that nobody claimed. */
export interface Unclaimed {
  root: MapNode;
  type: WorkloadType;
  service: string;
  claims: Claims;
  /** Whether keys that nobody knows are told as ignored, instead of stopping the import. */
  lenient: boolean;
  /** Environments of the application. */
  environmentNames: readonly string[];
}

/** Version of Copilot whose manifests the mapping is of. */
const version = "Copilot 1.34, the last one,";

/**
 * Says what nobody has said anything of: keys that Copilot doesn't read, which go into the report, and keys that the importer knows nothing about, which are
 * problems. Nothing is left out in silence.
 */
export function unclaimedKeys({ root, type, service, claims, lenient, environmentNames }: Unclaimed): FileProblem[] {
  const told = new Set<string>();
  return claims.unclaimed(root).flatMap((node): FileProblem[] => {
    const full = node.origin.path;
    const isOverride = full[0] === "environments" && full.length > 1;
    const path = isOverride ? full.slice(2) : full;
    const length = unknownAt(path, type);
    const unknown = path.slice(0, length);
    const source = sourceName([...(isOverride ? full.slice(0, 2) : []), ...unknown]);
    if (told.has(source)) return [];
    told.add(source);
    const place = keyPlace(root, [...(isOverride ? full.slice(0, 2) : []), ...unknown]) ?? node.place;
    const ignored = (text: string): FileProblem[] => {
      claims.claim(node, { outcome: "ignored", place, source, service, text });
      return [];
    };
    if (length === undefined) {
      if (isEmpty(node)) return ignored("it is empty, which Copilot takes for not there.");
      if (!lenient) return [problem("FL2903", place, source)];
      const text = "It stands in a form that the importer has no translation for: say it in service.yaml where the service needs it.";
      claims.claim(node, { outcome: "decide", place, source, service, text });
      return [];
    }
    const key = String(unknown.at(-1));
    const known = namesAt(unknown.slice(0, -1), type);
    if (key.startsWith("x-") || unknown.length === 0)
      return ignored("Copilot reads no such key; what anchors take from it is told where it stands.");
    const meant = closest(key, known);
    if (meant) return ignored(`${version} knows no such key here and says nothing of it. Was ${meant} meant? Then it never had an effect.`);
    const others = typesReading(unknown);
    if (others.length > 0) return ignored(`${version} reads it in a ${others.join(", ")}, and not in a ${type}.`);
    const elsewhere = manifestRows
      .filter((row) => row.of.includes(type) && row.path.split(/[.[]/).includes(key))
      .sort((a, b) => distance(a.path, unknown) - distance(b.path, unknown))[0];
    if (elsewhere) return ignored(`${version} reads it as ${elsewhere.path} alone, so that it has no effect here.`);
    const ofEnvironments = environmentRows.find((row) => row.path.split(/[.[]/).includes(key));
    if (ofEnvironments)
      return ignored(`${version} reads it in an environment's manifest (${ofEnvironments.path}), and not in a service's.`);
    if (environmentNames.includes(key) && unknown.length > 1)
      return ignored(
        `it is an environment's name, and what differs in one stands under environments: ${version} reads nothing of it here.`,
      );
    const foreign = foreignKey(unknown);
    if (foreign) return ignored(`${version} knows no such key: it is one of ${foreign}.`);
    if (lenient) return ignored(`${version} knows no such key, nor does the importer.`);
    return [problem("FL2902", place, source, known)];
  });
}

/** How far a key of the mapping is from where one stands: other keys above it first, then how deep it is. */
function distance(path: string, from: readonly (string | number)[]): number {
  const parts = path.split(".");
  return (parts[0] === from[0] ? 0 : 10) + parts.length;
}

/** How much of a path it takes until nobody knows it; undefined where all of it is known. */
function unknownAt(path: readonly (string | number)[], type: WorkloadType): number | undefined {
  for (let length = 1; length <= path.length; length++) {
    // A list where a map belongs is no other key, but another form of one.
    if (typeof path[length - 1] === "number" && !leadsOn(path.slice(0, length), type)) return undefined;
    const part = path.slice(0, length);
    if (!rowAt(part, type) && !leadsOn(part, type)) return length;
  }
  return undefined;
}

function keyPlace(root: MapNode, path: readonly (string | number)[]): Place | undefined {
  let node: SourceNode | undefined = root;
  let place: Place | undefined;
  for (const key of path) {
    if (node?.kind === "map") ({ keyPlace: place, value: node } = node.entries.get(String(key)) ?? { keyPlace: place, value: undefined });
    else if (node?.kind === "list") node = node.items[Number(key)];
    else return place;
  }
  return place;
}

function isEmpty(node: SourceNode): boolean {
  return node.kind === "map" ? node.entries.size === 0 : node.kind === "list" ? node.items.length === 0 : node.isNull;
}

function problem(code: "FL2902" | "FL2903", place: Place, source: string, known: string[] = []): FileProblem {
  return {
    code,
    ...place,
    problem: code === "FL2902" ? `nobody knows the key ${source}` : `${source} was not taken over, and nothing was said of it`,
    expected: known.length > 0 ? `one of ${known.join(", ")}` : "a key of a Copilot manifest, in a form that Copilot reads",
    fix:
      code === "FL2902"
        ? "Remove it if it means nothing: Copilot reads no such key. --lenient imports the rest, with this key in the report."
        : "See whether Copilot reads it in this form (copilot svc package says so). --lenient imports the rest, with this key in the report.",
  };
}
