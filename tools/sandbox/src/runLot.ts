import { mkdirSync, rmSync } from "node:fs";
import { delimiter } from "node:path";

import { AwsAccount } from "./aws/awsAccount";
import { foreignEndpoint } from "./aws/foreignEndpoint";
import { awsPlugin, type AwsPlugin } from "./aws/plugins";
import { cloneRepository, commit } from "./checkout";
import { commitNumber } from "./commitsTurn";
import { checkCorpus, type CorpusArgs } from "./corpus/checkCorpus";
import { Engine } from "./engine";
import { report } from "./expectations";
import { checkFormats } from "./formats/checkFormats";
import type { Lot, Part } from "./lots";
import { pushBaseImages } from "./machine/baseImages";
import { startBuildkit } from "./machine/buildkit";
import { noNetwork, startDocker } from "./machine/docker";
import { startRegistries } from "./machine/registry";
import { startSshAgent } from "./machine/sshAgent";
import { binFolder, inSandbox } from "./paths";
import { step } from "./progress";
import { accountVariables, type SandboxAccount } from "./sandboxAccount";
import { checkReviewed } from "./reviewed/checkReviewed";
import { checkComments } from "./scenario/comments";
import { checkContainers } from "./scenario/containers";
import { checkDestroy, runLife } from "./scenario/life";
import { checkLocal } from "./scenario/local/local";
import { checkNewServices } from "./scenario/newServices";
import { prepareWeb } from "./scenario/preparation";
import { checkPromotion } from "./scenario/promotion";
import { checkRefusals } from "./scenario/refusals";
import { checkRollouts } from "./scenario/rollouts/rollouts";
import { checkSingleKeys } from "./scenario/singleKeys";
import { checkImports } from "./scenario/imports/imports";
import { checkSmoke } from "./scenario/smoke";
import { checkStacks } from "./scenario/stacks";
import { checkWorkflows } from "./scenario/workflows";

/** What parts are told on the command line. */
export interface PartOptions {
  corpus: CorpusArgs;
  stacks?: string[];
  services?: string[];
  /** Whether the longest lists are run as a whole. */
  whole?: boolean;
}

/**
 * Runs the parts of a lot, one after the other, in this process.
 *
 * @param isFirst whether it is the first with an account: what holds for all accounts is looked at there
 */
export async function runLot(lot: Lot, isFirst: boolean, options: PartOptions): Promise<void> {
  const wanted = new Set(lot.parts);
  for (const folder of ["state", "registry", "logs", "cache"]) rmSync(inSandbox(folder), { recursive: true, force: true });
  mkdirSync(inSandbox("logs"), { recursive: true });
  // What another run inspected must not answer for this one.
  use({ PATH: [binFolder, process.env.PATH].join(delimiter), XDG_CACHE_HOME: inSandbox("cache") });
  if (wanted.has("images")) await checkCorpus(options.corpus, process.env);
  if (wanted.has("run")) await checkRun();
  if (wanted.has("local")) await checkLocal(process.env);
  if (wanted.has("reviewed")) await checkReviewed(process.env);
  if (lot.needs === "account") await runWithAccount(wanted, isFirst, options);
}

const use = (variables: NodeJS.ProcessEnv) => Object.assign(process.env, variables);

async function runWithAccount(wanted: Set<Part>, isFirst: boolean, { stacks, services, whole }: PartOptions): Promise<void> {
  const plugin = await awsPlugin();
  report(`AWS is judged by ${plugin.title}.`);
  use(plugin.variables);
  const accounts = await step("Registries of two accounts on 127.0.0.1, over TLS, with a login", () => startRegistries(process.env));
  const [account] = accounts;
  use(accountVariables(account!));
  const hosts = accounts.map(({ registryHost }) => registryHost);
  use(await step("BuildKit", () => startBuildkit(process.env, hosts)));
  await step("Base images for linux/amd64 and linux/arm64", () => pushBaseImages(process.env));
  const foreign = foreignEndpoint(process.env);
  // One for a single service would lead past what is noted here.
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_ENDPOINT_URL_")) delete process.env[name];
  const aws = new AwsAccount(account!, foreign);
  use(await step(`AWS's API, by ${foreign?.href ?? "moto"}`, () => aws.listen(plugin, process.env)));
  use(await startSshAgent(process.env));
  if (foreign) reportForeign(foreign, wanted);
  else if (isFirst) await checkRefusals(process.env);
  if (wanted.has("formats")) await checkFormats(hosts[0]!, process.env);
  const turn = whole ? undefined : commitNumber();
  const checkout = await step("A clone of this repository to work on", () => cloneRepository());
  if (wanted.has("stacks")) await checkStacks(checkout, { aws, plugin }, stacks);
  if (wanted.has("smoke") && !foreign) await checkSmoke(checkout, aws);
  if (wanted.has("life") && !foreign) await live({ checkout, aws, plugin, accounts, turn });
  if (wanted.has("imports") && !foreign) await checkImports(checkout, { aws, plugin });
  // The last: tasks of services run from here on.
  const [underEngine, failing, adopting] = [wanted.has("incidents"), wanted.has("rollouts"), wanted.has("adoption")];
  if ((underEngine || failing || adopting) && !foreign)
    await checkRollouts(aws, account!, { underEngine, failing: failing && (services ?? true), adopting, turn });
}

/** Docker's variables are for this part alone: what comes after it builds by other means. */
async function checkRun(): Promise<void> {
  const { variables } = await step("Debian's Docker engine", () => startDocker(process.env, { name: "docker-engine", network: noNetwork }));
  await checkContainers({ ...process.env, ...variables });
}

/** What an endpoint can't judge that is not moto as the sandbox completes it. */
function reportForeign(endpoint: URL, wanted: Set<Part>): void {
  report(
    `AWS's API is ${endpoint.href} (AWS_ENDPOINT_URL). Before it the sandbox answers for images in ECR, tasks of jobs and the Data API of databases.`,
  );
  report("not judged there: what AWS refuses, whether tasks lack something as they start, what is left in the account");
  const left = (["smoke", "life", "imports", "adoption", "incidents", "rollouts"] as const).filter((part) => wanted.has(part));
  if (left.length > 0) report(`not run there: ${left.join(", ")}, which need what moto's account has before the first up`);
}

interface Living {
  checkout: string;
  aws: AwsAccount;
  plugin: AwsPlugin;
  accounts: SandboxAccount[];
  turn: number | undefined;
}

/** The stack `sandbox`: its life, and what the commands and workflows make of it. */
async function live({ checkout, aws, plugin, accounts, turn }: Living): Promise<void> {
  const [{ registryHost }, other] = accounts as [SandboxAccount, SandboxAccount];
  const sidecar = await prepareWeb(checkout, registryHost);
  const engine = await step("Stack sandbox, in a backend of files", () => Engine.open("sandbox", checkout, process.env));
  // The salt of its secrets, which every clone needs.
  await commit(checkout, "The stack's configuration");
  await runLife(engine, checkout, aws, sidecar);
  await checkSingleKeys(engine, checkout, plugin.lacksVersion6, turn);
  await checkWorkflows(engine, checkout);
  await checkComments(engine, checkout);
  await checkPromotion(engine, checkout, plugin, other);
  await checkNewServices(engine, checkout, registryHost);
  await checkDestroy(engine);
}
