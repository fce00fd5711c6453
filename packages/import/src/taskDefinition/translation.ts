import { likelySecret, type FileProblem } from "@fairlead/model";

import { Field } from "../fields/field";
import type { FieldContext, Part } from "../fields/fieldContext";
import type { Claims } from "../findings/claims";
import type { Finding } from "../findings/finding";
import { sourceName } from "../findings/sourceName";
import type { MapNode, Place } from "../source/sourceNode";
import type { DeployWorkflow } from "./deployWorkflow";
import { leadsOn, rowAt } from "./mapping";

/** What a translation needs of its surroundings. */
export interface TranslationContext {
  claims: Claims;
  problems: FileProblem[];
  application: string;
  environment: string;
  /** The image of its own container, where only a workflow says it. */
  image?: string;
  /** The workflow that deploys it, where one was found. */
  workflow?: DeployWorkflow;
  /** A path of the sources as it is seen from the folder of the service that is written; undefined where there is no such file. */
  dockerfile: (path: string) => { context: string; dockerfile: string } | undefined;
}

/** Keys whose values may be anything. */
const hidden = ["environment", "secrets", "options", "command", "entryPoint", "dockerLabels", "tags"];

/** One task definition on its way to a service.yaml. */
export class TaskDefinitionTranslation implements FieldContext {
  readonly tool = "ECS";
  readonly claims: Claims;
  readonly root: Field;
  readonly manifest: Record<string, unknown> = {};

  constructor(
    /** Its name here. */
    readonly service: string,
    readonly node: MapNode,
    readonly context: TranslationContext,
  ) {
    this.claims = context.claims;
    this.root = new Field(node, [], this);
  }

  rowAt(path: Part["path"]) {
    return rowAt(path);
  }

  leadsOn(path: Part["path"]): boolean {
    return leadsOn(path);
  }

  /** Writes a value, unless it is undefined. @param to keys that lead to the map that has it; none for the service itself */
  set(to: readonly string[], key: string, value: unknown): void {
    if (value === undefined) return;
    let map = this.manifest;
    for (const part of to) map = (map[part] ??= {}) as Record<string, unknown>;
    map[key] = value;
  }

  claim({ node }: Part, finding: Pick<Finding, "outcome" | "to" | "text" | "was" | "now">): void {
    const { place, path } = node.origin;
    this.claims.claim(node, { ...finding, place, source: sourceName(path), service: this.service });
  }

  /** A finding of no key in particular. */
  say(finding: Omit<Finding, "place" | "service">, place: Place = this.node.origin.place): void {
    this.claims.say({ ...finding, place, service: this.service });
  }

  refuse({ node, path }: Part, expected: string): void {
    const { place } = node.origin;
    const text = node.kind === "scalar" ? node.text : "";
    const isShown =
      node.kind === "scalar" &&
      !/\s/.test(text) &&
      !path.some((key) => hidden.includes(String(key))) &&
      !likelySecret(String(path.at(-1)), text);
    if (this.context.problems.some((known) => known.file === place.file && known.line === place.line && known.column === place.column))
      return;
    this.context.problems.push({
      code: "FL2904",
      ...place,
      problem: `${sourceName(path) || "the file"} ${isShown ? `is ${JSON.stringify(text)}` : `has a ${node.kind === "scalar" ? "text" : node.kind} that can't be used`}`,
      expected,
      isSecret: !isShown,
      consequence: "ECS refuses it as well, so nothing was ever deployed with it.",
      fix: "Correct it in the source, and import again.",
    });
  }
}
