import { markdownCell } from "../write/markdownCell";
import { differingDefaults } from "./defaults";
import { manifestRows, type Row } from "./mapping";
import { environmentRows } from "./mapping/environment";
import { of } from "./workloadTypes";

const introduction = `# From a Copilot manifest

What each key of AWS Copilot's manifests is here, from the table that \`npx fairlead import copilot\` translates by (\`packages/import/src/copilot/mapping\`).
\`npm run generate\` writes this page. The import's report says the same of the keys that an application has, with file and line; where a value has another
outcome than its key usually has, the report says that of the value.

- **exact**: it is said here with the same effect. **changed**: it is said here otherwise, or with another value.
- **dropped**: nothing here does it, and the service runs without it. **decide**: a person has to do something about it.
- **ignored**: Copilot does nothing with it either.`;

const parts: [title: string, belongs: (path: string) => boolean][] = [
  ["Service or job", (path) => !path.includes(".")],
  ["Image", (path) => path.startsWith("image.")],
  ["Platform, variables and secrets", (path) => /^(?:platform|variables|secrets|exec|tags)\./.test(path)],
  ["Load balancer", (path) => path.startsWith("http.")],
  ["Network load balancer", (path) => path.startsWith("nlb.")],
  ["Network", (path) => path.startsWith("network.")],
  ["Number of tasks", (path) => path.startsWith("count.")],
  ["Storage", (path) => path.startsWith("storage.")],
  ["Topics and queues", (path) => /^(?:publish|subscribe)\./.test(path)],
  ["Sidecars", (path) => path.startsWith("sidecars.")],
  ["Deployments, traces, logs, schedules", () => true],
];

/** docs/manifest-from-copilot.md. */
export function copilotKeysPage(): string {
  const left = new Set(manifestRows);
  const sections = parts.flatMap(([title, belongs]) => {
    const own = [...left].filter(({ path }) => belongs(path));
    own.forEach((row) => left.delete(row));
    return own.length > 0 ? [`## ${title}`, table(own.map(cells))] : [];
  });
  const environment = environmentRows.map(({ path, to, outcome, text }) => [`\`${path}\``, outcome, target(to), sentence(text)]);
  return `${[
    introduction,
    ...sections,
    "## Environments",
    "Of `copilot/environments/<environment>/manifest.yml`.",
    table(environment),
    "## Other files",
    "Of addons each resource is told, with what to do about it; of overrides and buildspecs each file. Pipelines are GitHub's workflows here ([workflows.md](workflows.md)).",
    "## What is otherwise by default",
    [
      "| what | Copilot | Fairlead | why |",
      "| --- | --- | --- | --- |",
      ...differingDefaults.map(
        ({ what, before, fairlead, why, back }) =>
          `| ${[what, before, fairlead, why].map(markdownCell).join(" | ")}${back ? ` As it was: \`${back}\`.` : ""} |`,
      ),
    ].join("\n"),
  ].join("\n\n")}\n`;
}

function cells({ path, of: types, outcome, to, text }: Row): string[] {
  const among =
    types.length >= of.tasks.length || isUsual(types)
      ? ""
      : ` (${types.map((type) => type.replace(/ (?:Web )?(?:Service|Job|Site)$/, "")).join(", ")})`;
  return [`\`${path}\`${among}`, outcome, target(to), sentence(text)];
}

/** Services' keys, which nobody looks for in a job. */
function isUsual(types: Row["of"]): boolean {
  return types.length === of.services.length && of.services.every((type) => types.includes(type));
}

function target(to: string | undefined): string {
  return to === undefined
    ? ""
    : to.startsWith("(")
      ? to.slice(1, -1)
      : to
          .split(", ")
          .map((key) => `\`${key}\``)
          .join(", ");
}

function sentence(text: string | undefined): string {
  return text === undefined ? "" : markdownCell(text[0]!.toUpperCase() + text.slice(1));
}

function table(rows: string[][]): string {
  return ["| key | outcome | here | |", "| --- | --- | --- | --- |", ...rows.map((row) => `| ${row.join(" | ")} |`)].join("\n");
}
