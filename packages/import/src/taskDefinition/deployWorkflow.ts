import { posix } from "node:path";

import { parseSource } from "../source/parseSource";
import type { SourceFiles } from "../source/sourceFiles";
import { childOf, type Place, type SourceNode } from "../source/sourceNode";

/** What a workflow of GitHub's says of a task definition that it deploys. */
export interface DeployWorkflow {
  file: string;
  place: Place;
  /** The container whose image it fills in. */
  container?: string;
  /** What it builds that image of. Paths begin at the repository. */
  build?: { context: string; dockerfile: string };
}

const rendering = /^aws-actions\/amazon-ecs-(?:render|deploy)-task-definition@/;

/** The workflow that fills a task definition in or deploys it, by AWS's own actions. @param file of the task definition, from the repository */
export function deployWorkflowOf(files: SourceFiles, file: string): DeployWorkflow | undefined {
  for (const path of files.paths.filter((each) => /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/.test(each))) {
    const root = parseSource(path, files.read(path) ?? "", "FL2901", "GitHub").root;
    const variables = new Map(namedTexts(childOf(root, "env")));
    const jobs = childOf(root, "jobs");
    for (const { value: job } of jobs?.kind === "map" ? jobs.entries.values() : []) {
      const own = new Map([...variables, ...namedTexts(childOf(job, "env"))]);
      const filled = (text: string) =>
        text.replaceAll(/\$\{\{\s*env\.(\w+)\s*\}\}|\$\{?(\w+)\}?/g, (all, a?: string, b?: string) => own.get(a ?? b ?? "") ?? all);
      const steps = childOf(job, "steps");
      const list = steps?.kind === "list" ? steps.items : [];
      const found = list.find(
        (step) =>
          rendering.test(textAt(step, "uses") ?? "") && isNamed(filled(textAt(childOf(step, "with"), "task-definition") ?? ""), file),
      );
      if (!found) continue;
      const container = textAt(childOf(found, "with"), "container-name");
      const build = buildOf(list, filled);
      return { file: path, place: found.origin.place, ...(container ? { container: filled(container) } : {}), ...(build ? { build } : {}) };
    }
  }
  return undefined;
}

const isNamed = (text: string, file: string) => {
  const named = posix.normalize(text.replace(/^\.\//, ""));
  return named !== "." && (named === file || file.endsWith(`/${named}`));
};

function buildOf(steps: readonly SourceNode[], filled: (text: string) => string): DeployWorkflow["build"] {
  for (const step of steps) {
    const given = childOf(step, "with");
    if (/^docker\/build-push-action@/.test(textAt(step, "uses") ?? "")) {
      return placed(filled(textAt(given, "context") ?? "."), textAt(given, "file") && filled(textAt(given, "file")!));
    }
    const run = /\bdocker (?:buildx )?build\b(?<args>(?:[^\n\\]|\\\n)*)/.exec(textAt(step, "run") ?? "")?.groups?.args;
    if (run === undefined) continue;
    const words = filled(run)
      .replaceAll("\\\n", " ")
      .split(/\s+(?:&&|;|\|)/)[0]!
      .trim()
      .split(/\s+/);
    const at = words.findIndex((word) => word === "-f" || word === "--file");
    const folder = textAt(step, "working-directory") ?? ".";
    const dockerfile = at >= 0 ? words[at + 1] : /--file=(\S+)/.exec(run)?.[1];
    const context = words.at(-1)!;
    return placed(posix.join(folder, /^[-$"']/.test(context) ? "." : context), dockerfile && posix.join(folder, dockerfile));
  }
  return undefined;
}

function placed(context: string, dockerfile: string | undefined): { context: string; dockerfile: string } {
  const folder = posix.normalize(context).replace(/(.)\/$/, "$1");
  return { context: folder, dockerfile: posix.normalize(dockerfile || posix.join(folder, "Dockerfile")) };
}

function textAt(node: SourceNode | undefined, key: string): string | undefined {
  const value = childOf(node, key);
  return value?.kind === "scalar" && !value.isNull ? value.text : undefined;
}

function namedTexts(node: SourceNode | undefined): [string, string][] {
  if (node?.kind !== "map") return [];
  return [...node.entries].flatMap(([name, { value }]): [string, string][] => (value.kind === "scalar" ? [[name, value.text]] : []));
}
