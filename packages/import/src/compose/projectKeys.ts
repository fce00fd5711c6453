import { closest } from "@fairlead/model";

import { sourceName } from "../findings/sourceName";
import { childOf, textOf, type SourceNode } from "../source/sourceNode";
import type { Project } from "./loadProject";
import { namesAt, projectRowAt, projectRows } from "./mapping";
import type { ServiceContext, ServiceTranslation } from "./serviceTranslation";

/** Says what becomes of the keys beside `services`, and of the files beside the project's. */
export function settleProject(
  project: Project,
  others: readonly string[],
  services: readonly ServiceTranslation[],
  context: ServiceContext,
  lenient: boolean,
): void {
  const { claims, problems } = context;
  for (const [key, nodes] of project.rest) {
    for (const node of nodes) {
      const row = projectRowAt([key]);
      if (key.startsWith("x-")) {
        if (claims.unclaimed(node).length > 0)
          say(context, node, { outcome: "ignored", text: "Compose reads no such key; what anchors take from it is told where it stands." });
      } else if (key === "volumes") declaredVolumes(node, services, context);
      else if (row)
        say(context, node, { outcome: node.kind === "scalar" && node.isNull ? "ignored" : row.outcome, to: row.to, text: row.text });
      else if (lenient) say(context, node, { outcome: "ignored", text: "The Compose Specification knows no such key." });
      else {
        const meant = closest(key, ["services", ...namesAt([], projectRows)]);
        problems.push({
          code: "FL2902",
          ...node.origin.place,
          problem: `nobody knows the key ${key}`,
          expected: `a key of the Compose Specification${meant ? `, such as ${meant}` : ""}`,
          fix: "Remove it if it means nothing. --lenient imports the rest, with this key in the report.",
        });
      }
    }
  }
  for (const file of others)
    claims.say({
      outcome: "ignored",
      place: { file, line: 1, column: 1 },
      source: "",
      text: "docker compose reads it only where it is named: import it by its name, if it is what is deployed.",
    });
}

function say(
  { claims }: ServiceContext,
  node: SourceNode,
  finding: { outcome: "ignored" | "decide" | "changed" | "exact" | "dropped"; to?: string; text?: string },
): void {
  const { place, path } = node.origin;
  claims.claim(node, { ...finding, place, source: sourceName(path) });
}

/** Volumes that the project declares: those that are used are told where they are mounted. */
function declaredVolumes(node: SourceNode, services: readonly ServiceTranslation[], context: ServiceContext): void {
  if (node.kind !== "map") {
    say(context, node, { outcome: "ignored", text: "it is empty." });
    return;
  }
  const mounted = new Set(
    services.flatMap(({ root }) =>
      (root.at("volumes")?.items() ?? []).flatMap(({ node: item }) =>
        item.kind === "scalar" ? item.text.split(":")[0]! : textOf(childOf(item, "source")),
      ),
    ),
  );
  for (const [name, { value }] of node.entries) {
    const external = childOf(value, "external");
    const told = isTrue(external) ? external : childOf(value, "driver_opts");
    const row = told && projectRowAt(["volumes", name, told === external ? "external" : "driver_opts"]);
    if (!mounted.has(name)) say(context, value, { outcome: "ignored", text: "no service that is taken over mounts it." });
    else if (row) {
      context.claims.cover(value);
      say(context, told!, { outcome: row.outcome, to: row.to, text: row.text });
    } else say(context, value, { outcome: "exact", to: "stacks/data.ts" });
  }
}

/** `external` may have a name in a map of its own, which older files say. */
function isTrue(node: SourceNode | undefined): node is SourceNode {
  return node?.kind === "map" || textOf(node) === "true";
}
