import { closest, type FileProblem } from "@fairlead/model";

import type { Claims } from "../findings/claims";
import type { Finding } from "../findings/finding";
import { sourceName } from "../findings/sourceName";
import { leadsOn, namesAt, partsOf, rowAt, type Path } from "../mapping/matching";
import { childOf, textOf, type Place, type SourceNode } from "../source/sourceNode";
import { foreignKey } from "./foreignKeys";
import { manifestRows } from "./mapping";
import { environmentRows } from "./mapping/environment";

/** What is needed to tell of the keys of an environment's manifest. */
export interface EnvironmentKeysContext {
  environment: string;
  claims: Claims;
  problems: FileProblem[];
  /** Whether keys that nobody knows are told as ignored, instead of stopping the import. */
  lenient: boolean;
}

/** Says of every key of an environment's manifest what its row says. What has none is told as unknown keys of services' manifests are. */
export function claimEnvironment(
  node: SourceNode,
  context: EnvironmentKeysContext,
  path: Path = [],
  place: Place = node.origin.place,
): void {
  const claim = (finding: Pick<Finding, "outcome" | "to" | "text">) =>
    context.claims.claim(node, { ...finding, place, source: sourceName(path), environments: [context.environment] });
  if (admitsWhatIsAdmitted(node, path))
    return claim({ outcome: "exact", text: "the load balancer admits all of the internet on its ports." });
  const row = rowAt(path, environmentRows);
  if (row) return claim({ outcome: row.outcome, to: row.to, text: row.text });
  if (!leadsOn(path, environmentRows)) return unknown(path, place, context, claim);
  const children: [string | number, SourceNode, Place][] =
    node.kind === "map"
      ? [...node.entries].map(([key, { value, keyPlace }]) => [key, value, keyPlace])
      : node.kind === "list"
        ? node.items.map((item, index) => [index, item, item.place])
        : [];
  if (children.length === 0 && (node.kind !== "scalar" || node.isNull)) {
    if (path.length > 0) claim({ outcome: "ignored", text: "it is empty, which Copilot takes for not there." });
    return;
  }
  // A text or a list where a map belongs is no other key, but another form of one.
  const isOtherForm = children.length === 0 || (node.kind === "list" && !leadsOn([...path, 0], environmentRows));
  if (!isOtherForm) for (const [key, child, at] of children) claimEnvironment(child, context, [...path, key], at);
  else if (context.lenient)
    claim({
      outcome: "decide",
      text: "It stands in a form that the importer has no translation for: say it in the stack where it needs it.",
    });
  else
    context.problems.push({
      code: "FL2903",
      ...place,
      problem: `${sourceName(path)} was not taken over, and nothing was said of it`,
      expected: "a key of an environment's manifest, in a form that Copilot reads",
      fix: "See whether Copilot reads it in this form (copilot env package says so). --lenient imports the rest, with this key in the report.",
    });
}

/** Rules of `http.public.security_groups` for the load balancer's own ports: without others that restrict it, they say what holds anyway. */
function admitsWhatIsAdmitted(node: SourceNode, path: Path): boolean {
  if (sourceName(path) !== "http.public.security_groups") return false;
  const rules = childOf(node, "ingress");
  return (
    rules?.kind === "list" &&
    rules.items.every(
      (rule) => ["80", "443"].includes(textOf(childOf(rule, "ports")) ?? "") && textOf(childOf(rule, "ip_protocol")) === "tcp",
    )
  );
}

/** A key that Copilot doesn't read: told as ignored where it is known what it is, else a problem. */
function unknown(
  path: Path,
  place: Place,
  context: EnvironmentKeysContext,
  claim: (finding: Pick<Finding, "outcome" | "text">) => void,
): void {
  const text = knownFrom(path) ?? (context.lenient ? "Copilot 1.34, the last one, knows no such key, nor does the importer." : undefined);
  if (text !== undefined) return claim({ outcome: "ignored", text });
  context.problems.push({
    code: "FL2902",
    ...place,
    problem: `nobody knows the key ${sourceName(path)}`,
    expected: `one of ${namesAt(path.slice(0, -1), environmentRows).join(", ")}`,
    fix: "Remove it if it means nothing: Copilot reads no such key. --lenient imports the rest, with this key in the report.",
  });
}

/** How it is known what a key is that Copilot passes over; undefined where nobody knows it. */
function knownFrom(path: Path): string | undefined {
  const key = String(path.at(-1));
  if (key.startsWith("x-")) return "Copilot reads no such key; what anchors take from it is told where it stands.";
  const last = "Copilot 1.34, the last one,";
  const meant = closest(key, namesAt(path.slice(0, -1), environmentRows));
  if (meant) return `${last} knows no such key here and says nothing of it. Was ${meant} meant? Then it never had an effect.`;
  const elsewhere = environmentRows.find((row) => partsOf(row.path).includes(key));
  if (elsewhere) return `${last} reads it as ${elsewhere.path} alone, so that it has no effect here.`;
  const ofServices = manifestRows.find((row) => row.path.split(/[.[]/).includes(key));
  if (ofServices) return `${last} reads it in the manifest of a service (${ofServices.path}), and not in an environment's.`;
  const foreign = foreignKey(path);
  return foreign && `${last} knows no such key: it is one of ${foreign}.`;
}
