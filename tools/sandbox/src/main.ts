import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Argument, Command } from "commander";

import { accountVariables, type SandboxAccount } from "./sandboxAccount";
import { AwsAccount } from "./aws/awsAccount";
import { foreignEndpoint } from "./aws/foreignEndpoint";
import { provideMoto } from "./aws/moto";
import { awsPlugin, type AwsPlugin } from "./aws/plugins";
import { cloneRepository, commit } from "./checkout";
import { Engine, installPlugins } from "./engine";
import { report, summary } from "./expectations";
import { takeLock } from "./lock";
import { pushBaseImages } from "./machine/baseImages";
import { startDocker } from "./machine/docker";
import { startBuildkit } from "./machine/buildkit";
import { makeCertificate } from "./machine/certificate";
import { isIsolated, runIsolated } from "./machine/isolation";
import { startRegistries } from "./machine/registry";
import { startSshAgent } from "./machine/sshAgent";
import { checkRequirements } from "./machine/requirements";
import { inSandbox, root } from "./paths";
import { SandboxError, step } from "./progress";
import { checkCorpus, type CorpusArgs } from "./corpus/checkCorpus";
import { checkFormats } from "./formats/checkFormats";
import { checkedStacks } from "./scenario/checkedStacks";
import { checkContainers } from "./scenario/containers";
import { checkComments } from "./scenario/comments";
import { checkDestroy, runLife } from "./scenario/life";
import { checkNewServices } from "./scenario/newServices";
import { prepareWeb } from "./scenario/preparation";
import { checkPromotion } from "./scenario/promotion";
import { checkRefusals } from "./scenario/refusals";
import { checkRollouts } from "./scenario/rollouts/rollouts";
import { checkSingleKeys } from "./scenario/singleKeys";
import { checkSmoke } from "./scenario/smoke";
import { checkStacks } from "./scenario/stacks";
import { checkWorkflows } from "./scenario/workflows";
import { provideToolchain } from "./toolchain";

/** What can be run alone; all in this order. */
const parts = ["images", "run", "formats", "stacks", "smoke", "life", "rollouts"] as const;
type Part = (typeof parts)[number];

const program = new Command("fairlead-sandbox")
  .description(
    "Runs every stack of the repository under the real Pulumi engine, the real AWS provider, docker-build, BuildKit and a registry, against moto in AWS's " +
      "place: up, a second up, destroy; and the stack `sandbox` through its life.",
  )
  .addArgument(new Argument("[part...]", "what to run").choices(parts).default([...parts], "all"))
  .option("--stack <name...>", "of the part `stacks` these alone")
  .option("--image <name...>", "of the part `images` run these of the corpus alone, record it, and tell how they end")
  .option("--run-all", "of the part `images` run the whole corpus, and record anew what happens to each")
  .option("--service <name...>", "of the part `rollouts` these services that fail alone")
  .option("--toolchain", "only provide the programs that the sandbox needs")
  .addHelpText(
    "after",
    "\nNeeds Linux and root. Writes to .sandbox/, Go's own caches and, while it runs, the temporary folder. " +
      "FAIRLEAD_TOOLCHAIN names another folder for the programs it builds, AWS_ENDPOINT_URL another API than moto for the part `stacks`.",
  )
  .action(async (wanted: Part[], { toolchain, stack, service, image: names, runAll }: Options) => {
    if (isIsolated) return inside(new Set(wanted), { names, runAll }, stack, service);
    checkStackNames(wanted, stack);
    checkRequirements();
    foreignEndpoint(process.env);
    if ((names || runAll) && wanted.join() !== "images")
      throw new SandboxError("--image and --run-all are of the part images, which is to be named alone. Nothing was run.");
    const release = takeLock();
    const temporary = mkdtempSync(join(tmpdir(), "fairlead-sandbox-"));
    process.env.FAIRLEAD_SANDBOX_TMP = temporary;
    try {
      await provideToolchain();
      await awsPlugin();
      await provideMoto();
      if (toolchain) return;
      Object.assign(process.env, await makeCertificate());
      process.exitCode = await runIsolated(process.argv[1]!, process.argv.slice(2));
    } finally {
      rmSync(temporary, { recursive: true, force: true });
      release();
    }
  });

interface Options {
  toolchain?: boolean;
  stack?: string[];
  service?: string[];
  image?: string[];
  runAll?: boolean;
}

/** A misspelt stack must not pass for one that was judged. */
function checkStackNames(wanted: Part[], given: string[] = []): void {
  const known = checkedStacks(root).map(({ name }) => name);
  const unknown = given.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new SandboxError(`--stack ${unknown.join(" ")}: expected ${known.join(", ")}. Nothing was run.`);
  if (given.length > 0 && !wanted.includes("stacks"))
    throw new SandboxError("--stack is of the part stacks, which is not among those that are to run. Nothing was run.");
}

async function inside(wanted: Set<Part>, corpus: CorpusArgs, stacks?: string[], services?: string[]): Promise<void> {
  for (const folder of ["state", "registry", "logs", "cache"]) rmSync(inSandbox(folder), { recursive: true, force: true });
  mkdirSync(inSandbox("logs"), { recursive: true });
  const bin = inSandbox("bin");
  const plugin = await awsPlugin();
  report(`AWS is judged by ${plugin.title}.`);
  installPlugins(bin, plugin);
  const use = (variables: NodeJS.ProcessEnv) => Object.assign(process.env, variables);
  // What another run inspected must not answer for this one.
  use({ ...plugin.variables, PATH: [bin, process.env.PATH].join(delimiter), XDG_CACHE_HOME: inSandbox("cache") });
  if (wanted.has("images")) await checkCorpus(corpus, process.env);
  if (wanted.has("run")) await checkRun();
  // These need no registry, and no account.
  if ([...wanted].every((part) => part === "images" || part === "run")) return end();
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
  else await checkRefusals(process.env);
  if (wanted.has("formats")) await checkFormats(hosts[0]!, process.env);
  const checkout = await step("A clone of this repository to work on", () => cloneRepository());
  if (wanted.has("stacks")) await checkStacks(checkout, { aws, plugin }, stacks);
  if (wanted.has("smoke") && !foreign) await checkSmoke(checkout, aws);
  if (wanted.has("life") && !foreign) await live(checkout, aws, plugin, accounts);
  // The last: tasks of services run from here on.
  if (wanted.has("rollouts") && !foreign) await checkRollouts(aws, account!, services);
  end();
}

/** Docker's variables are for this part alone: what comes after it builds by other means. */
async function checkRun(): Promise<void> {
  const { variables } = await step("Debian's Docker engine", () => startDocker(process.env));
  await checkContainers({ ...process.env, ...variables });
}

/** The namespace ends what is still running. */
function end(): never {
  const { passed, failed } = summary();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

/** What an endpoint can't judge that is not moto as the sandbox completes it. */
function reportForeign(endpoint: URL, wanted: Set<Part>): void {
  report(
    `AWS's API is ${endpoint.href} (AWS_ENDPOINT_URL). Before it the sandbox answers for images in ECR, tasks of jobs and the Data API of databases.`,
  );
  report("not judged there: what AWS refuses, whether tasks lack something as they start, what is left in the account");
  const left = parts.filter((part) => wanted.has(part) && ["smoke", "life", "rollouts"].includes(part));
  if (left.length > 0) report(`not run there: ${left.join(", ")}, which need what moto's account has before the first up`);
}

/** The stack `sandbox`: its life, and what the commands and workflows make of it. */
async function live(checkout: string, aws: AwsAccount, plugin: AwsPlugin, accounts: SandboxAccount[]): Promise<void> {
  const [{ registryHost }, other] = accounts as [SandboxAccount, SandboxAccount];
  const sidecar = await prepareWeb(checkout, registryHost);
  const engine = await step("Stack sandbox, in a backend of files", () => Engine.open("sandbox", checkout, process.env));
  // The salt of its secrets, which every clone needs.
  await commit(checkout, "The stack's configuration");
  await runLife(engine, checkout, aws, sidecar);
  await checkSingleKeys(engine, checkout, plugin.lacksVersion6);
  await checkWorkflows(engine, checkout);
  await checkComments(engine, checkout);
  await checkPromotion(engine, checkout, plugin, other);
  await checkNewServices(engine, checkout, registryHost);
  await checkDestroy(engine);
}

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof SandboxError ? error.message : error);
  process.exit(1);
});
