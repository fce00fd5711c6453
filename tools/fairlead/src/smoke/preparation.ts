import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { UserError } from "@fairlead/model";
import { isDeletionProtected } from "@fairlead/model/awsTypes";
import { otherAccount } from "@fairlead/model/files";
import { placeOf, readProject, stacksOf, type Plan, type Project } from "@fairlead/plan";
import { enforcementOf } from "@fairlead/policy";
import { estimateOf } from "@fairlead/report";

import { isCommit, isInLastCommit } from "../commits/commits";
import { plansIn } from "../commits/plans";
import { git, workspaceOf } from "../commits/worktree";
import { counted } from "../counted";
import { emulatorIn, SmokeAccount } from "./account";
import { Clone } from "./clone";
import { checkPlugins, checkTools } from "./missingTools";
import type { SmokeOptions } from "./options";
import { PulumiCli, PulumiFailure } from "./pulumiCli";
import { secretsOfConfiguration, secretsOfEnvironment } from "./redaction";
import { refusal } from "./refusal";
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
 * @param onOpen is told what to do where the run doesn't begin
 * @throws UserError where it must not
 */
export async function prepare(
  stack: string,
  { yes, account: expected }: SmokeOptions,
  say: (text: string) => void,
  onOpen: (undo: () => void) => void,
): Promise<Prepared> {
  const project = readProject(stack);
  const isMandatory = enforcementOf(project, stack) === "mandatory";
  if (yes && isMandatory) {
    const text = `The policies of ${stack} are mandatory: somebody has to type its name, and --yes types nothing.`;
    throw refusal("FL2603", text, "Run it on a terminal, without --yes.");
  }
  refuseUncommitted(project, stack);
  say("cloning the last commit");
  const clone = Clone.make(project, stack);
  onOpen(() => clone.remove());
  const id = `${stack}-${new Date().toISOString().slice(0, 10)}-${randomBytes(3).toString("hex")}`;
  clone.tag(stack, id);
  say(`planning ${project.name}/${stack}`);
  const plan = await planOf(clone, stack);
  refuseProtected(plan);
  checkTools(plan);
  say(`asking Pulumi what ${stack} has`);
  const pulumi = new PulumiCli(project.root, stack);
  onOpen(() => pulumi.interrupt());
  const values = await readEmptyStack(pulumi, stack);
  say("looking for Pulumi's plugins");
  await checkPlugins(plan, project.root, pulumi);
  say("asking AWS which account this is");
  const config = Object.fromEntries(Object.entries(values).flatMap(([key, { value }]) => (value === undefined ? [] : [[key, value]])));
  const account = new SmokeAccount(config);
  const accountId = await account.id();
  const { accountIds } = placeOf(config);
  if (accountIds.length > 0 && !accountIds.includes(accountId)) throw otherAccount(project.configFolder, stack, accountIds, accountId);
  if (expected !== undefined && expected !== accountId)
    throw refusal("FL2603", `The stack's credentials are of the account ${accountId}, and --account names ${expected}.`);
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
}

/** A plan of the last commit alone would say that there is no such program. */
function refuseUncommitted({ root, main, configFolder }: Project, stack: string): void {
  const files = [main, join(configFolder, `${stack}.ts`)].filter((file) => existsSync(file) && !isInLastCommit(file));
  if (files.length === 0) return;
  const names = files.map((file) => relative(root, file)).join(" and ");
  const text = `${names} ${files.length === 1 ? "is" : "are"} not committed; smoke takes the last commit.`;
  throw refusal("FL2607", text, 'git add --all && git commit --message "An environment for a day"');
}

async function readEmptyStack(pulumi: PulumiCli, stack: string): ReturnType<PulumiCli["configuration"]> {
  try {
    // The stack itself is a resource from its first, failed `up` on.
    const resources = (await pulumi.resources()).filter(({ type }) => type !== "pulumi:pulumi:Stack");
    if (resources.length > 0) {
      const some = resources.slice(0, shown).map(({ urn }) => urn.split("::").slice(-2).join(" "));
      const list = `${some.join(", ")}${resources.length > shown ? ", …" : ""}`;
      throw refusal(
        "FL2601",
        `The stack ${stack} has ${counted(resources.length, "resource")} (${list}), which the run would change and destroy.`,
      );
    }
    return await pulumi.configuration();
  } catch (error) {
    if (error instanceof PulumiFailure) throw refusal("FL2605", `Pulumi can't read the stack ${stack}:\n${error.message}`);
    throw error;
  }
}

/** Resources of a stack that is not empty. */
const shown = 3;

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
  throw refusal("FL2602", `What the run creates could not be deleted again. Protected:\n${list}`);
}

/** Where a run puts what Pulumi prints. */
export const logOf = ({ temporary }: Clone) => join(temporary, "pulumi.log");
