import { randomBytes } from "node:crypto";
import { join, relative } from "node:path";
import { coded, UserError } from "@fairlead/model";
import { isDeletionProtected } from "@fairlead/model/awsTypes";
import { readProject, stacksOf, type Plan, type Project } from "@fairlead/plan";
import { enforcementOf } from "@fairlead/policy";
import { estimateOf } from "@fairlead/report";

import { isCommit } from "../commits/commits";
import { plansIn } from "../commits/plans";
import { git, workspaceOf } from "../commits/worktree";
import { emulatorIn, SmokeAccount } from "./account";
import { Clone } from "./clone";
import { PulumiCli, PulumiFailure } from "./pulumiCli";
import { secretsOfConfiguration, secretsOfEnvironment } from "./redaction";
import { chooseServices, type ChosenServices } from "./services";

/** All that is known before anything is created. */
export interface Prepared {
  stack: string;
  id: string;
  project: Project;
  clone: Clone;
  plan: Plan;
  services: ChosenServices;
  account: SmokeAccount;
  accountId: string;
  region: string;
  emulator: string | undefined;
  /** The commit, with its subject. */
  commit: string;
  /** Whether files are not committed, which the run then doesn't see. */
  isDirty: boolean;
  /** Whether findings fail the stack's previews: somebody cares for it. */
  isMandatory: boolean;
  monthly: number;
  unknownPrices: number;
  secrets: string[];
}

/**
 * Looks at the stack and its account, and makes the clone and the plan.
 *
 * @throws UserError where the run must not begin
 */
export async function prepare(stack: string, say: (text: string) => void): Promise<Prepared> {
  const project = readProject(stack);
  const isMandatory = enforcementOf(project, stack) === "mandatory";
  say(`asking Pulumi what ${stack} has`);
  const values = await readEmptyStack(new PulumiCli(project.root, stack), stack);
  const config = Object.fromEntries(Object.entries(values).flatMap(([key, { value }]) => (value === undefined ? [] : [[key, value]])));
  say("asking AWS which account this is");
  const account = new SmokeAccount(config);
  const accountId = await account.id();
  say("cloning the last commit");
  const clone = Clone.make(project, stack);
  try {
    const id = `${stack}-${new Date().toISOString().slice(0, 10)}-${randomBytes(3).toString("hex")}`;
    clone.tag(stack, id);
    say(`planning ${project.name}/${stack}`);
    const plan = await planOf(clone, stack);
    refuseProtected(plan);
    const { total, items } = estimateOf(plan, project, stacksOf(project.root).length === 1);
    const root = workspaceOf(project.root);
    return {
      ...{ stack, id, project, clone, plan, account, accountId, isMandatory },
      services: chooseServices(plan),
      region: config["aws:region"] ?? process.env.AWS_REGION ?? "unknown",
      emulator: emulatorIn(config, process.env),
      commit: git(root, "log", "-1", "--format=%h %s"),
      isDirty: !isCommit(root, git(root, "rev-parse", "HEAD")),
      monthly: total,
      unknownPrices: items.filter(({ monthly }) => monthly === undefined).length,
      secrets: [...secretsOfConfiguration(values), ...secretsOfEnvironment(process.env)],
    };
  } catch (error) {
    clone.remove();
    throw error;
  }
}

async function readEmptyStack(pulumi: PulumiCli, stack: string): ReturnType<PulumiCli["configuration"]> {
  try {
    // The stack itself is a resource from its first, failed `up` on.
    const resources = (await pulumi.resources()).filter(({ type }) => type !== "pulumi:pulumi:Stack");
    if (resources.length > 0) {
      const some = resources.slice(0, 3).map(({ urn }) => urn.split("::").slice(-2).join(" "));
      const text = `The stack ${stack} has ${resources.length} resources (${some.join(", ")}…), which the run would change and destroy. Nothing was changed.`;
      throw new UserError(coded("FL2601", text));
    }
    return await pulumi.configuration();
  } catch (error) {
    if (error instanceof PulumiFailure) throw new UserError(coded("FL2605", `Pulumi can't read the stack ${stack}:\n${error.message}`));
    throw error;
  }
}

async function planOf(clone: Clone, stack: string): Promise<Plan> {
  const at = { folder: clone.workspace, project: relative(clone.workspace, clone.project) };
  const result = (await plansIn(at, [stack])).get(stack)!;
  if ("plan" in result) return result.plan;
  throw new UserError(`The last commit has no plan of ${stack}:\n${result.failure}`);
}

function refuseProtected({ resources }: Plan): void {
  const found = resources.filter(({ inputs, options }) => options.protect === true || isDeletionProtected(inputs));
  if (found.length === 0) return;
  const list = found.map(({ type, name }) => `  ${type} ${name}`).join("\n");
  throw new UserError(coded("FL2602", `What the run creates could not be deleted again. Nothing was created. Protected:\n${list}`));
}

/** Where a run puts what Pulumi prints. */
export const logOf = ({ temporary }: Clone) => join(temporary, "pulumi.log");
