import { execFileSync, spawnSync } from "node:child_process";
import { relative } from "node:path";
import { createInterface } from "node:readline/promises";
import {
  digestOf,
  promotionChanges,
  promotionFile,
  readPromotions,
  writePromotions,
  type Promotion,
  type PromotionChange,
  type Release,
} from "@fairlead/images";
import { coded, shortDigest, UserError } from "@fairlead/model";
import { readProject, type Project } from "@fairlead/plan";
import { colors } from "@fairlead/report/colors";
import type { Command } from "commander";

import { Progress } from "../progress";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("promote")
    .description(
      "Let an environment take over the images that another one runs now. Shows what would change, and writes it to stacks/promotions.<to>.yaml; " +
        "`pulumi up` then copies the images, with all their platforms and the same digests.",
    )
    .argument("[services...]", "the services to promote")
    .requiredOption("--from <stack>", "the environment that runs them")
    .requiredOption("--to <stack>", "the environment that takes them over (its fairlead:promoteFrom names the other)")
    .option("--all", "every service")
    .option("-y, --yes", "write without asking")
    .option("--dry-run", "only show what would change")
    .option("--json", "print the changes as JSON")
    .action(promote);
}

/** Options of `fairlead promote`. */
interface PromoteOptions {
  from: string;
  to: string;
  all?: boolean;
  yes?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

/** Writes down that an environment takes over what another one runs now. The next `pulumi up` copies the images and brings them out. */
async function promote(services: string[], options: PromoteOptions): Promise<void> {
  const { from, to } = options;
  if (options.all ? services.length > 0 : services.length === 0) throw new UserError("Name the services, or give --all: one of the two.");
  const target = targetOf(options);
  const releases = chosen(await releasesOf(from), services, from);
  refuseUncommitted(releases, target, to);
  const promotions = readPromotions(target.configFolder, to);
  const changes = promotionChanges(promotions, releases);
  const report = (written: boolean) => {
    if (options.json) process.stdout.write(`${JSON.stringify({ from, to, changes, written })}\n`);
  };
  if (!options.json) process.stdout.write(render(changes, releases, options));
  if (changes.length === 0 || options.dryRun) return report(false);
  if (!(options.yes ?? (await confirmed(to)))) return report(false);
  const decision = { from, by: author(), at: new Date().toISOString().replace(/\.\d+/, "") };
  for (const { service, after } of changes) promotions[service] = { ...after, ...decision } satisfies Promotion;
  writePromotions(target.configFolder, to, promotions);
  report(true);
  const file = relative(process.cwd(), promotionFile(target.configFolder, to));
  process.stderr.write(`Written to ${file}. Commit it; \`pulumi up -s ${to}\` copies the images and brings them out.\n`);
}

function targetOf({ from, to }: PromoteOptions): Project {
  if (from === to) throw new UserError(`--from and --to are both ${to}.`);
  const target = readProject(to);
  readProject(from);
  const source = target.config[`${target.name}:promoteFrom`];
  if (source === from) return target;
  const is = source === undefined ? "builds its own images" : `takes its images over from ${source}`;
  throw new UserError(`${to} ${is}. To take them over from ${from}: pulumi config set promoteFrom ${from} -s ${to}`);
}

/** What an environment runs, by its stack's outputs. */
async function releasesOf(stack: string): Promise<Record<string, Release>> {
  const progress = new Progress();
  progress.say(`asking Pulumi what ${stack} runs`);
  const { status, stdout, stderr, error } = spawnSync("pulumi", ["stack", "output", "--json", "--stack", stack], { encoding: "utf8" });
  progress.end();
  if (error) throw new UserError(`What ${stack} runs is in Pulumi's state, and there is no Pulumi CLI to read it: ${error.message}.`);
  if (status !== 0) throw new UserError(`Pulumi can't tell what ${stack} runs:\n${stderr.trim()}`);
  const { releases } = JSON.parse(stdout) as { releases?: Record<string, Release> };
  if (releases) return releases;
  throw new UserError(`The stack ${stack} has no output "releases": run \`pulumi up -s ${stack}\` first.`);
}

function chosen(releases: Record<string, Release>, services: string[], from: string): Record<string, Release> {
  if (services.length === 0) return releases;
  const unknown = services.filter((service) => !releases[service]);
  if (unknown.length > 0)
    throw new UserError(`${from} runs no ${unknown.join(", ")}. It runs ${Object.keys(releases).sort().join(", ") || "nothing"}.`);
  return Object.fromEntries(services.map((service) => [service, releases[service]!]));
}

function refuseUncommitted(releases: Record<string, Release>, target: Project, to: string): void {
  if (target.config[`${target.name}:uncommittedSources`] !== "refuse") return;
  const dirty = Object.entries(releases).filter(([, { revision }]) => revision.startsWith("dirty-"));
  if (dirty.length === 0) return;
  const list = dirty.map(([service, { tag }]) => `${service} (${tag})`).join(", ");
  throw new UserError(
    coded("FL2002", `${to} takes only what was built from a commit (fairlead:uncommittedSources: refuse): ${list}. Nothing was written.`),
  );
}

function render(changes: PromotionChange[], releases: Record<string, Release>, { from, to }: PromoteOptions): string {
  const changed = new Map(changes.map((change) => [change.service, change]));
  const width = Math.max(...Object.keys(releases).map((name) => name.length));
  const lines = Object.entries(releases)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([service, { tag, image, platforms }]) => {
      const name = service.padEnd(width);
      const change = changed.get(service);
      if (!change) return colors.dim(`  ${name}  ${tag}, as promoted before`);
      const digest = colors.dim(shortDigest(digestOf(image)!));
      return `${colors.green("~")} ${colors.bold(name)}  ${change.before?.tag ?? "nothing"} → ${tag}  ${platforms.join(" + ")}  ${digest}`;
    });
  const count = `${changes.length} of ${Object.keys(releases).length} would change.`;
  return [
    colors.bold(`${from} → ${to}`),
    ...lines,
    "",
    changes.length === 0 ? `${to} was promoted all that ${from} runs.` : count,
    "",
  ].join("\n");
}

async function confirmed(to: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UserError("Nothing was written: this is no terminal to ask on. Give --yes.");
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(`Write that down for ${to}? [y/N] `);
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** As git names who commits. */
function author(): string {
  const setting = (key: string) => {
    try {
      return execFileSync("git", ["config", key], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    } catch {
      return "";
    }
  };
  const email = setting("user.email");
  return `${setting("user.name") || process.env.USER || "unknown"}${email ? ` <${email}>` : ""}`;
}
