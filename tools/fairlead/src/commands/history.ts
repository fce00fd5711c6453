import { execFileSync } from "node:child_process";
import { chosenServices, historyOf, type History, type OperatedStack, type PastDeployment, type Unseen } from "@fairlead/operations";
import { printableJson, printableLine, shortCommit, UserError } from "@fairlead/model";
import type { Command } from "commander";

import { stackOption, withStack } from "../operate/openStack";
import { unseenLines } from "../operate/renderStatus";
import { colorsOf, tableOf, type Colors } from "../operate/terminal";
import { Progress } from "../progress";
import { epilogue } from "../usage";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("history")
    .description(
      "Say who deployed what when, from which commit, with what outcome: ECS's service deployments, of the last 90 days, " +
        "and where CloudTrail may be asked who asked for them. Reads only.",
    )
    .argument("[service...]", "services (default: all)")
    .addOption(stackOption())
    .option("-n, --last <count>", "deployments of each service", "10")
    .option("--json", "print it as JSON")
    .addHelpText("after", epilogue("Exit code 0: AWS said which deployments there are. 1: it could not be asked, or not for all of them."))
    .action(history);
}

/** Options of `fairlead history`. */
interface HistoryOptions {
  stack?: string;
  last: string;
  json?: boolean;
}

async function history(services: string[], options: HistoryOptions): Promise<void> {
  const last = Number(options.last);
  if (!Number.isInteger(last) || last < 1) throw new UserError(`--last ${options.last}: expected a whole number from 1.`);
  await withStack(options.stack, (stack) => tell(stack, services, { last, json: options.json }), {
    check: (inAws) => void chosenServices(inAws, services),
  });
}

async function tell(stack: OperatedStack, services: string[], { last, json }: { last: number; json?: boolean }): Promise<void> {
  const chosen = chosenServices(stack.inAws, services);
  const progress = new Progress();
  progress.say("asking AWS");
  const found = await historyOf(stack, chosen, last).finally(() => progress.end());
  if (found.unseen.some(hidesDeployments)) process.exitCode = 1;
  const colors = colorsOf(process.stdout);
  process.stdout.write(
    json ? `${printableJson(found)}\n` : `${render(found, { root: stack.project.root, services, colors }).join("\n")}\n`,
  );
}

interface Rendered {
  root: string;
  /** Those that were asked for; all where there are none. */
  services: readonly string[];
  colors: Colors;
}

function render({ stack, deployments, unseen }: History, { root, services, colors }: Rendered): string[] {
  if (deployments.length === 0) {
    const none = unseen.some(hidesDeployments)
      ? []
      : [`ECS knows of no deployment of ${services.length > 0 ? `${services.join(", ")} in ${stack}` : stack}.`];
    return [...none, ...unseenLines(unseen, colors)];
  }
  const subjects = subjectsOf(root, [...new Set(deployments.flatMap(({ image }) => image?.commit ?? []))]);
  const titles = ["WHEN", "SERVICE", "VERSION", "COMMIT", "OUTCOME", "BY", ""].map((title) => colors.dim(title));
  const rows = deployments.map(({ createdAt, service, image, status, by }) => [
    `${createdAt.slice(0, 16).replace("T", " ")}Z`,
    colors.bold(service),
    printableLine(image?.version ?? image?.tag ?? image?.digest?.slice(7, 19) ?? ""),
    image?.commit === undefined ? "" : image.commit.startsWith("dirty-") ? "dirty" : shortCommit(image.commit),
    colorOf(status, colors)(printableLine(status)),
    printableLine(by ?? ""),
    colors.dim(printableLine(subjects.get(image?.commit ?? "") ?? "")),
  ]);
  const [heading, ...lines] = tableOf([titles, ...rows]);
  return [heading!, ...lines.flatMap((line, index) => [line, ...reasonOf(deployments[index]!, colors)]), ...unseenLines(unseen, colors)];
}

const hidesDeployments = ({ what }: Unseen) => what === "deployments";

function reasonOf({ status, reason }: PastDeployment, colors: Colors): string[] {
  return reason === undefined || status === "SUCCESSFUL" ? [] : [`  ${colors.dim(printableLine(reason))}`];
}

function colorOf(status: string, colors: Colors): (text: string) => string {
  if (status === "SUCCESSFUL") return colors.green;
  return /ROLLBACK|STOP|FAILED/.test(status) ? colors.red : colors.yellow;
}

/** What git says of commits; of one that this clone doesn't have, nothing. */
function subjectsOf(root: string, commits: readonly string[]): Map<string, string> {
  const subjects = new Map<string, string>();
  for (const commit of commits.filter((each) => /^[0-9a-f]{7,40}$/.test(each))) {
    try {
      const args = ["log", "--no-walk", "--format=%s", commit, "--"];
      subjects.set(commit, execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim());
    } catch {
      // Of another clone, or not fetched.
    }
  }
  return subjects;
}
