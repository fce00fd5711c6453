import { markdownCell as cell } from "../write/markdownCell";
import { differingDefaults } from "./defaults";
import { projectRows, serviceRows, type Row } from "./mapping";

const introduction = `# From a Compose file

What each key of a Compose file is here, from the table that \`npx fairlead import compose\` translates by (\`packages/import/src/compose/mapping\`).
\`npm run generate\` writes this page. The import's report says the same of the keys that a project has, with file and line; where a value has another
outcome than its key usually has, the report says that of the value. [from-compose.md](from-compose.md) goes the whole way.

- **exact**: it is said here with the same effect. **changed**: it is said here otherwise, or with another value.
- **dropped**: nothing here does it, and the service runs without it. **decide**: a person has to do something about it.
- **ignored**: Compose does nothing with it either.

Files are read as Compose reads them: the override beside a file, \`include\`, \`extends\`, anchors, \`!reset\` and \`!override\`, \`.env\`, variables with
their defaults. Services of profiles are taken over with \`--profile\`.`;

const databases = `## Images that are data here

A service whose image is postgres, or one with pgvector or PostGIS, is an entry of \`stacks/data.ts\`: Aurora. One whose image is redis or valkey is
ElastiCache. Services that are started after it, or name it in a variable, are bound to it under \`uses\`, and variables such as \`DATABASE_URL\` or
\`DB_HOST\` keep their names by \`as\`. MySQL, MariaDB, MongoDB, RabbitMQ and other servers are written as container services, with their volumes on EFS,
and the report says what AWS has instead. Pages into databases, catchers of mails, and proxies that look after Docker are left out.`;

const parts: [title: string, belongs: (path: string) => boolean][] = [
  ["Image", (path) => path === "image" || path === "pull_policy" || path.startsWith("build")],
  ["Sizes and number of tasks", (path) => /^(?:deploy\.|scale$|mem|cpu|blkio|oom|pids|shm)/.test(path)],
  ["Health check", (path) => path.startsWith("healthcheck")],
  ["All others", () => true],
];

/** docs/manifest-from-compose.md. */
export function composeKeysPage(): string {
  const left = new Set(serviceRows);
  const sections = parts.flatMap(([title, belongs]) => {
    const own = [...left].filter(({ path }) => belongs(path));
    own.forEach((row) => left.delete(row));
    return [`## ${title}`, table(own)];
  });
  return `${[
    introduction,
    ...sections,
    "## Beside the services",
    table(projectRows),
    databases,
    "## What is otherwise by default",
    [
      "| what | Compose | Fairlead | why |",
      "| --- | --- | --- | --- |",
      ...differingDefaults.map(
        ({ what, before, fairlead, why, back }) =>
          `| ${cell(what)} | ${cell(before)} | ${cell(fairlead)} | ${cell(why)}${back ? ` As it was: \`${back}\`.` : ""} |`,
      ),
    ].join("\n"),
  ].join("\n\n")}\n`;
}

/** Rows of a mapping as a table. */
export function table(rows: readonly Row[]): string {
  return [
    "| key | outcome | here | |",
    "| --- | --- | --- | --- |",
    ...rows.map(
      ({ path, outcome, to, text }) =>
        `| \`${path}\` | ${outcome} | ${target(to)} | ${text === undefined ? "" : cell(text[0]!.toUpperCase() + text.slice(1))} |`,
    ),
  ].join("\n");
}

function target(to: string | undefined): string {
  if (to === undefined) return "";
  return to.startsWith("(")
    ? to.slice(1, -1)
    : to
        .split(", ")
        .map((key) => `\`${key}\``)
        .join(", ");
}
