import { performance } from "node:perf_hooks";
import { comparePlans, servicesIn } from "@fairlead/changes";
import { UserError } from "@fairlead/model";
import { defaultStack, placeOf, readProject, stacksOf, type Plan, type Project } from "@fairlead/plan";
import { enforcementOf, evaluate, exceptionsIn, type Evaluation, type Finding } from "@fairlead/policy";
import { estimateOf, inPartNotice, renderHtml, renderPlan, renderPolicy, renderUnusedUsage, reportOf, type Notice } from "@fairlead/report";
import type { Command } from "commander";

import { inLastCommit } from "../commits/commits";
import { planInPart } from "../commits/planInPart";
import { changedTypes } from "../commits/typeErrors";
import { apartFromOutput } from "../programOutput";
import { Progress } from "../progress";
import { writeFile } from "../writeFile";

const collect = (value: string, before: string[]) => [...before, value];

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("preview")
    .description(
      "Print the embedded plan of a stack. Runs the stack's own program in process: no engine, no credentials, no Docker. " +
        "It knows no state: `pulumi preview` says what `up` would change.",
    )
    .argument("[stack]", "the stack, as in `pulumi preview -s <stack>` (default: the first of stacks/environments.json)")
    .option("--json", "print the plan as JSON; `fairlead schema preview` prints its schema")
    .option("--service <name>", "print only this service's part; repeatable", collect, [])
    .option("--html <file>", "write the plan as a page to look around in: diagram, inputs, images, policies, costs")
    .option("-c, --config <key=value>", "set a value of the stack's configuration for this preview; repeatable", collect, [])
    .option("--no-types", "don't check the types of a program that you changed, which takes many seconds the first time")
    .option("--timings", "say on standard error where the time went")
    .action(preview);
}

/** Options of `fairlead preview`. */
interface PreviewOptions {
  json?: boolean;
  html?: string;
  service?: string[];
  config?: string[];
  types?: boolean;
  timings?: boolean;
}

/** Prints a stack's plan, and what the rules say of it. */
async function preview(named: string | undefined, options: PreviewOptions): Promise<void> {
  const started = performance.now();
  const stack = named ?? defaultStack();
  const project = readProject(stack, options.config);
  const mandatory = enforcementOf(project, stack) === "mandatory";
  let imported = started;
  const types = options.types === false ? undefined : changedTypes(project, [stack]);
  types?.catch(() => undefined);
  const progress = new Progress();
  progress.say(`planning ${project.name}/${stack}`);
  const planned = await apartFromOutput(() =>
    planInPart(project, stack, inLastCommit, { onLoaded: () => (imported = performance.now()) }),
  ).finally(() => progress.end());
  const { plan, inPart } = planned;
  const registered = performance.now();
  const policy = evaluate(plan, exceptionsIn(project.configFolder));
  if (options.html) await writeReport(options.html, plan, project);
  if (inPart) refuse(inPartNotice(inPart));
  const shown = partOf(plan, options.service ?? []);
  const told = shown === plan ? policy : policyOf(shown, policy);
  // What is needed only the whole can tell.
  const needless = shown === plan && !options.json ? renderUnusedUsage(estimateOf(plan, project, stacksOf(project.root).length === 1)) : "";
  process.stdout.write(
    options.json
      ? `${JSON.stringify(inPart ? { ...shown, leftOut: inPart.leftOut } : shown)}\n`
      : `${renderPlan(shown, placeOf(project.config))}\n${renderPolicy(told, mandatory)}${needless}`,
  );
  if (mandatory && policy.findings.length > 0) {
    if (options.json) process.stderr.write(renderPolicy(policy, mandatory));
    process.exitCode = 1;
  }
  progress.say("checking the types of the program, which you changed: --no-types leaves it out");
  const wrong = await Promise.resolve(types).finally(() => progress.end());
  if (wrong) refuse(wrong);
  if (options.timings) {
    const milliseconds = {
      start: started,
      import: imported - started,
      registration: registered - imported,
      rendering: performance.now() - registered,
    };
    console.error(JSON.stringify(milliseconds, (_, value: unknown) => (typeof value === "number" ? Math.round(value) : value)));
  }
}

/** Says what can't be planned or must not be deployed; the plan of the rest is printed all the same. */
function refuse({ title, text }: Notice): void {
  process.stderr.write(`${title[0]!.toUpperCase()}${title.slice(1)}\n${text.replace(/^(?=.)/gm, "  ")}\n\n`);
  process.exitCode = 1;
}

/** The plan of some services alone; the whole where none is named. */
function partOf(plan: Plan, services: string[]): Plan {
  if (services.length === 0) return plan;
  const known = servicesIn(plan);
  const missing = services.filter((service) => !known.has(service));
  if (missing.length > 0)
    throw new UserError(
      `There is no service "${missing.join('", "')}" in ${plan.stack}. Services: ${[...known.keys()].sort().join(", ")}.`,
    );
  const kept = new Set(services.flatMap((service) => [known.get(service)!.urn, ...known.get(service)!.resources.map(({ urn }) => urn)]));
  return { ...plan, resources: plan.resources.filter(({ urn, parent }) => parent === null || kept.has(urn)) };
}

/** What the rules say of a part of the plan. Which exceptions are needed only the whole can tell. */
function policyOf({ resources }: Plan, { findings, excepted }: Evaluation): Evaluation {
  const urns = new Set(resources.map(({ urn }) => urn));
  const isInPart = ({ urn }: Finding) => urns.has(urn);
  return { findings: findings.filter(isInPart), excepted: excepted.filter(isInPart), unused: [] };
}

/** The stack as it would be, to look around in: the same page that shows a change, with nothing that changes. */
async function writeReport(file: string, plan: Plan, project: Project): Promise<void> {
  const stacks = [reportOf(comparePlans(plan, plan), { before: project, after: project })];
  writeFile(file, await renderHtml({ project: project.name, from: plan.stack, to: plan.stack, stacks }, false));
}
