import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fromPlan, fromState, type Deployed } from "@fairlead/export";
import { coded, UserError } from "@fairlead/model";
import { planOfStack, readProject } from "@fairlead/plan";

import { apartFromOutput } from "../programOutput";
import { Progress } from "../progress";
import { tools } from "../tools";

/** Options that decide where an export comes from. */
export interface SourceOptions {
  /** File of `pulumi stack export`. */
  state?: string;
  /** The plan, without asking for a state. */
  planned?: boolean;
}

/**
 * What a stack has deployed, by its state.
 *
 * @param stack as Pulumi knows it, with its organization or without
 * @throws UserError with FL3001 or FL3002
 */
export function deployedState(stack: string, { state }: SourceOptions): Deployed {
  const origin = state ?? `\`pulumi stack export --stack ${stack}\``;
  const deployed = fromState(state === undefined ? askedState(stack) : fileOf(state), origin);
  if (deployed.stack !== nameOf(stack))
    throw new UserError(
      coded(
        "FL3001",
        `${origin} is the state of ${deployed.stack}.\n  expected: that of ${nameOf(stack)}\n  fix: name that stack, or another file.`,
      ),
    );
  return deployed;
}

/** What a stack has deployed; as its plan has it where there is no state to be had, with the reason. */
export async function deployedOrPlanned(stack: string, options: SourceOptions): Promise<{ deployed: Deployed; notDeployed?: string }> {
  if (options.planned) return { deployed: await planned(stack) };
  try {
    return { deployed: deployedState(stack, options) };
  } catch (error) {
    if (options.state !== undefined || !(error instanceof UserError)) throw error;
    return { deployed: await planned(stack), notDeployed: error.message };
  }
}

async function planned(stack: string): Promise<Deployed> {
  const name = nameOf(stack);
  const project = readProject(name, ["uncommittedSources=build"]);
  const progress = new Progress();
  progress.say(`planning ${project.name}/${name}`);
  const hooks = { toleratesShallowClone: true };
  return fromPlan(await apartFromOutput(() => planOfStack(project, name, { hooks })).finally(() => progress.end()));
}

/** `acme/prod` of Pulumi Cloud is the stack `prod`. */
export const nameOf = (stack: string): string => stack.split("/").at(-1)!;

function fileOf(state: string): string {
  try {
    return readFileSync(state, "utf8");
  } catch (error) {
    throw new UserError(coded("FL3001", `${state} can't be read: ${(error as Error).message}`));
  }
}

function askedState(stack: string): string {
  const { root } = readProject(nameOf(stack));
  // Secrets stay encrypted: without --show-secrets.
  const { status, stdout, stderr, error } = spawnSync("pulumi", ["stack", "export", "--stack", stack], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 30,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (error) throw new UserError(coded("FL3001", `${tools.pulumi.missing} (${error.message})`));
  if (status !== 0) throw new UserError(coded("FL3001", `\`pulumi stack export\` ended with ${status}:\n${stderr.trim()}`));
  return stdout;
}
