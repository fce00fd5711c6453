import { readFileSync } from "node:fs";
import { arch, platform, release } from "node:os";
import { join } from "node:path";

import { version } from "../../../../package.json";
import { counted } from "../counted";
import type { Outcome, SmokeStep, StepResult } from "./model";
import { priceOf } from "./offer";
import type { Prepared } from "./preparation";
import { durationText } from "./terminal";

/** A run, for machines; the Markdown says the same. */
export interface SmokeReport {
  version: 1;
  id: string;
  outcome: "passed" | "failed";
  stack: string;
  accountId: string;
  region: string;
  /** Who answered for AWS, where it was not AWS. */
  emulator?: string;
  commit: string;
  versions: Record<string, string>;
  services: string[];
  price: { monthly: number; unknownParts: number; hours: number; cost: number };
  startedAt: string;
  seconds: number;
  steps: StepResult[];
}

/**
 * The report of a run. What others wrote is redacted here, and not in the finished text: a secret that is a word such as `passed` is hidden in a
 * commit's subject, and no key of the JSON goes with it.
 *
 * @param results redacted already
 */
export function reportOf(
  prepared: Prepared,
  steps: readonly SmokeStep[],
  results: StepResult[],
  { startedAt, pulumiVersion, redacted }: { startedAt: Date; pulumiVersion: string; redacted: (text: string) => string },
): SmokeReport {
  const { id, stack, accountId, region, emulator, commit, services, monthly, unknownPrices } = prepared;
  return {
    version: 1,
    ...{ id: redacted(id), outcome: outcomeOf(results), stack: redacted(stack), accountId: redacted(accountId), region: redacted(region) },
    ...(emulator && { emulator: redacted(emulator) }),
    commit: redacted(commit),
    versions: {
      fairlead: version,
      pulumi: pulumiVersion,
      "@pulumi/aws": sdkVersion(prepared.project.root, "@pulumi/aws"),
      node: process.version,
      system: `${platform()} ${release()} ${arch()}`,
    },
    services: services.all.map(redacted),
    price: { monthly, unknownParts: unknownPrices, ...priceOf(prepared, steps) },
    startedAt: startedAt.toISOString(),
    seconds: Math.round((Date.now() - startedAt.getTime()) / 1000),
    steps: results,
  };
}

/** Failed where a step failed, or was not taken without a stated reason of the stack's or the emulator's. */
export function outcomeOf(results: readonly StepResult[]): "passed" | "failed" {
  const good: Outcome[] = ["passed", "left out", "not judged here"];
  return results.every(({ outcome }) => good.includes(outcome)) ? "passed" : "failed";
}

/** The report for people, to attach to an issue. */
export function markdownOf(report: SmokeReport): string {
  const { id, outcome, stack, accountId, region, emulator, commit, versions, services, price, startedAt, seconds, steps } = report;
  const counts = [...new Set(steps.map((step) => step.outcome))].map(
    (each) => `${steps.filter((step) => step.outcome === each).length} ${each}`,
  );
  const row = (...cells: string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [
    `# fairlead smoke: ${outcome}`,
    "",
    emulator
      ? `Against an emulator of AWS's API at ${emulator}, which is not AWS: what is "not judged here" is not known.`
      : "On an AWS account.",
    "",
    row("what", ""),
    row("---", "---"),
    row("run", id),
    row("stack", stack),
    row("account", accountId),
    row("region", region),
    row("commit", commit),
    ...Object.entries(versions).map(([name, value]) => row(name, value)),
    row("services", services.join(", ")),
    row(
      "price",
      `$${price.monthly.toFixed(2)} a month${price.unknownParts > 0 ? `, and ${counted(price.unknownParts, "part")} unknown` : ""}`,
    ),
    row("started", startedAt),
    row("took", durationText(seconds)),
    row("steps", counts.join(", ")),
    "",
    row("step", "outcome", "took"),
    row("---", "---", "---"),
    ...steps.map((step) => row(step.title, step.outcome, step.seconds > 0 ? durationText(step.seconds) : "")),
    ...steps.flatMap((step) => [
      "",
      `## ${step.title}: ${step.outcome}`,
      "",
      `Expected: ${step.expectation}`,
      "",
      ...(step.seen.includes("\n") ? ["```", step.seen.replaceAll("```", "'''"), "```"] : [step.seen]),
    ]),
    "",
  ].join("\n");
}

function sdkVersion(root: string, name: string): string {
  try {
    const file = require.resolve(join(name, "package.json"), { paths: [root] });
    return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
  } catch {
    return "unknown";
  }
}
