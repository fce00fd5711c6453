import { printable } from "@fairlead/model";

import { outcomes, type Finding, type Outcome } from "../findings/finding";
import type { Imported, Origin } from "./imported";
import { fillCommand } from "./neededValue";

const titlesOf = (tool: string): Record<Outcome, string> => ({
  decide: "To decide",
  dropped: "Dropped",
  changed: "Changed",
  ignored: `Ignored by ${tool}`,
  exact: "Exact",
});
const meaningsOf = (tool: string): Record<Outcome, string> => ({
  decide: "What a person has to do before the service runs here as it did.",
  dropped: "What nothing here does. The service runs without it.",
  changed: "What is said here otherwise, or with another value.",
  ignored: `What had no effect with ${tool} either, and how that is known.`,
  exact: "What is said here with the same effect.",
});
/** What asks something of the reader comes first. */
const order: readonly Outcome[] = ["decide", "dropped", "changed", "ignored", "exact"];

/** import-report.md: what became of every key, by what it asks of the reader. */
export function reportText(result: Imported): string {
  const { application, services, environments, findings, origin } = result;
  const titles = titlesOf(origin.tool);
  const counts = outcomes.map(
    (outcome) =>
      `${findings.filter((finding) => finding.outcome === outcome).length} ${titles[outcome][0]!.toLowerCase()}${titles[outcome].slice(1)}`,
  );
  return [
    `# Import of the ${origin.what} ${application}`,
    `${services.length} services and jobs, ${environments.length} environments. Of their keys: ${counts.join(", ")}. Paths are those of the folder that was imported.`,
    ...order.flatMap((outcome) => part(outcome, findings, origin)),
    ...calls(result),
    ...mentions(result),
    ...defaults(result),
    ...values(result),
    ...next(result),
    "",
  ]
    .join("\n\n")
    .replace(/\n+$/, "\n")
    .split("\n")
    .map(printable)
    .join("\n");
}

function part(outcome: Outcome, findings: readonly Finding[], { tool }: Origin): string[] {
  const own = findings.filter((finding) => finding.outcome === outcome);
  if (own.length === 0) return [];
  const services = [...new Set(own.map(({ service }) => service))];
  return [
    `## ${titlesOf(tool)[outcome]}`,
    meaningsOf(tool)[outcome],
    ...services.flatMap((service) => [
      `**${service ?? "The environments"}**`,
      own
        .filter((finding) => finding.service === service)
        .map(line)
        .join("\n"),
    ]),
  ];
}

function line({ place, source, environments, to, was, now, text }: Finding): string {
  const values =
    was !== undefined && now !== undefined
      ? ` (${code(was)} → ${code(now)})`
      : now !== undefined
        ? ` (${code(now)})`
        : was !== undefined
          ? ` (${code(was)})`
          : "";
  const target = to ? ` → ${code(to)}` : "";
  const where = environments ? `, in ${environments.join(", ")}` : "";
  return `- ${code(source || "(the file)")}${target}${values}${where}${text ? `: ${text}` : ""} ${place.file}:${place.line}:${place.column}`;
}

/** A text as code in Markdown, on one line. */
function code(text: string): string {
  const oneLine = text.replaceAll(/\s*\n\s*/g, " ");
  return oneLine.includes("`") ? `\`\` ${oneLine} \`\`` : `\`${oneLine}\``;
}

function calls({ calls: inferred, origin }: Imported): string[] {
  if (inferred.length === 0) return [];
  return [
    "## Who calls whom",
    `${origin.callsBefore} What is written under \`calls\` was inferred:`,
    inferred.map(({ from, to, certainty, seen }) => `- ${from} calls ${to}: ${certainty}, by ${seen}.`).join("\n"),
  ];
}

function mentions({ mentions: found, origin }: Imported): string[] {
  if (found.length === 0) return [];
  return [
    `## Variables of ${origin.tool}'s in the sources`,
    found
      .map(
        ({ name, service, givenBy, place }) =>
          `- ${code(name)} of ${service}: ${givenBy === undefined ? "nothing sets it here" : givenTexts[givenBy]}. ${place.file}:${place.line}`,
      )
      .join("\n"),
  ];
}

const givenTexts = {
  environment: "written under environment, with the value that it had",
  composedEnvironment: "written under composedEnvironment, made of what uses brings",
  uses: "written under uses, as the name of the queue's URL",
};

function defaults({ origin }: Imported): string[] {
  return [
    "## What is otherwise by default",
    origin.defaults
      .map(
        ({ what, before, fairlead, why, back }) =>
          `- **${what}**: ${before} → ${fairlead}. ${why}${back ? ` As it was: \`${back}\`.` : ""}`,
      )
      .join("\n"),
  ];
}

/** What a person has to put into Parameter Store, each with its command. */
function values({ values: needed = [] }: Imported): string[] {
  if (needed.length === 0) return [];
  return [
    "## Values to put into Parameter Store",
    "Nothing that was imported has them, or they were not taken over. A service whose value is not there is refused by `up`; another value is deployed by the next `up`.",
    needed.map((each) => `- ${code(fillCommand(each))}, for ${each.services.join(", ")}`).join("\n"),
  ];
}

function next({ environments, origin }: Imported): string[] {
  const [first] = environments;
  return [
    "## What comes next",
    [
      "1. Go through what is to be decided, and through what was dropped.",
      "2. Name the region, and the account, in stacks/Pulumi.<environment>.yaml.",
      `3. \`npx fairlead preview ${first?.name ?? ""}\` says what there would be and what it costs; \`pulumi up -s ${first?.name ?? ""}\` makes it${origin.tool === "Copilot" ? ", beside what Copilot made" : ""}.`,
      ...origin.afterwards,
    ].join("\n"),
  ];
}
