import { table } from "../compose/page";
import type { DifferingDefault } from "../write/imported";
import { differingDefaults } from "./defaults";
import { containerRows } from "./mapping/container";
import { taskRows } from "./mapping/task";

const introduction = `# From a task definition

What each key of a task definition is here, from the table that \`npx fairlead import task-definition\` translates by
(\`packages/import/src/taskDefinition/mapping\`). \`npm run generate\` writes this page. The import's report says the same of the keys that a file has, with
file and line; where a value has another outcome than its key usually has, the report says that of the value.

- **exact**: it is said here with the same effect. **changed**: it is said here otherwise, or with another value.
- **dropped**: nothing here does it, and the service runs without it. **decide**: a person has to do something about it.
- **ignored**: ECS does nothing with it either.

\`\`\`sh
npx fairlead import task-definition ../shop/task-definition.json --remove-examples
\`\`\`

A file is what \`aws ecs register-task-definition --cli-input-json\` takes, or what \`aws ecs describe-task-definition\` prints. Each is a service of one
environment, \`prod\` unless \`--environment\` says another. The container with a port, or the one whose image a workflow fills in, is the service's own; the
others are its sidecars. The workflow that fills it in by \`aws-actions/amazon-ecs-render-task-definition\` is found by the file's name: what it builds the image
of is taken over as \`build\`. Without one, \`--image\` names what \`<IMAGE>\` stands for. \`npx fairlead export task-definition\` goes the way back
([leaving.md](leaving.md)).`;

/** docs/manifest-from-task-definition.md. */
export function taskDefinitionKeysPage(): string {
  return `${[
    introduction,
    "## The task",
    table(taskRows),
    "## Containers",
    table(containerRows.map((row) => ({ ...row, path: row.path.replace("containerDefinitions[].", "") }))),
    "## What is otherwise by default",
    defaultsTable(differingDefaults),
  ].join("\n\n")}\n`;
}

/** What is otherwise by default, as a table. */
export function defaultsTable(defaults: readonly DifferingDefault[]): string {
  return [
    "| what | ECS | Fairlead | why |",
    "| --- | --- | --- | --- |",
    ...defaults.map(({ what, before, fairlead, why, back }) => {
      const cells = [what, before, fairlead, `${why}${back ? ` As it was: \`${back}\`.` : ""}`];
      return `| ${cells.map(cell).join(" | ")} |`;
    }),
  ].join("\n");
}

/** A text within a table: `|` would end its cell, and <NAME> be an element of HTML, but as code. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/`[^`]*`|</g, (part) => (part === "<" ? "&lt;" : part));
}
