import { setTimeout as sleep } from "node:timers/promises";
import { Argument, Command } from "commander";

import { commitNumber, partsInTurn } from "./commitsTurn";
import { foreignEndpoint } from "./aws/foreignEndpoint";
import { provideMoto, restOperations } from "./aws/moto";
import { awsPlugin } from "./aws/plugins";
import { installPlugins } from "./engine";
import { failed, summary } from "./expectations";
import { takeLock } from "./lock";
import { LotProcesses, writeCounts } from "./lotProcesses";
import { lotsOf, needs, parts, type Lot, type Need, type Part } from "./lots";
import { provideRootFileSystems } from "./machine/baseImages";
import { makeCertificate } from "./machine/certificate";
import { isolatedLot } from "./machine/isolation";
import { removeTemporaryFolder, temporaryFolder } from "./machine/leftovers";
import { checkRequirements } from "./machine/requirements";
import { binFolder, root } from "./paths";
import { SandboxError } from "./progress";
import { runLot } from "./runLot";
import { checkedStacks } from "./scenario/checkedStacks";
import { provideComposePlugins, provideRunc, provideToolchain } from "./toolchain";

const program = new Command("fairlead-sandbox")
  .description(
    "Runs every stack of the repository under the real Pulumi engine, the real AWS provider, docker-build, BuildKit and a registry, against moto in AWS's " +
      "place: up, a second up, destroy; and the stack `sandbox` through its life.",
  )
  .addArgument(new Argument("[part...]", "what to run").choices(parts).default([], "those that have their turn in this commit"))
  .option("--stack <name...>", "of the part `stacks` these alone")
  .option("--image <name...>", "of the part `images` run these of the corpus alone, record it, and tell how they end")
  .option("--run-all", "of the part `images` run the whole corpus, and record anew what happens to each")
  .option("--service <name...>", "of the part `rollouts` these services that fail alone")
  .option(
    "--whole",
    "all parts, and of `incidents`, `rollouts` and `life` all services and changes: not those alone that have their turn in this commit",
  )
  .option("--toolchain", "only provide the programs that the sandbox needs")
  .addHelpText(
    "after",
    "\nNeeds Linux and root. Writes to .sandbox/, Go's own caches and, while it runs, the temporary folder. " +
      "FAIRLEAD_TOOLCHAIN names another folder for the programs it builds, AWS_ENDPOINT_URL another API than moto for the part `stacks`.",
  )
  .action(async (named: Part[], options: Options) => {
    const { toolchain, stack, image: names, runAll, whole } = options;
    const wanted = named.length > 0 ? named : whole ? [...parts] : partsInTurn(parts, commitNumber());
    const foreign = foreignEndpoint(process.env);
    const lots = lotsOf(wanted, foreign !== undefined);
    if (isolatedLot) return inside(isolatedLot, lots, options);
    checkStackNames(wanted, stack);
    checkRequirements(lots.reduce((sum, { GiB }) => sum + GiB, 0));
    if ((names || runAll) && wanted.join() !== "images")
      throw new SandboxError("--image and --run-all are of the part images, which is to be named alone. Nothing was run.");
    const release = takeLock();
    const temporary = temporaryFolder();
    process.env.FAIRLEAD_SANDBOX_TMP = temporary;
    if (named.length === 0 && !toolchain) reportTurn(wanted);
    const processes = new LotProcesses(lots);
    try {
      await Promise.race([toolchain ? provide(lotsOf(parts, false)).account : runLots(processes, lots), signalled()]);
    } finally {
      await processes.stop();
      removeTemporaryFolder(temporary);
      release();
    }
  });

/** What is left to other commits must not pass for what was judged. */
function reportTurn(wanted: Part[]): void {
  const left = parts.filter((part) => !wanted.includes(part));
  if (left.length > 0) console.log(`not run in this commit, but in the next two: ${left.join(", ")} (--whole runs all)`);
}

/** What lots need, built once, before anything asks for it, one after the other. */
function provide(lots: readonly Lot[]): Record<Need, Promise<void>> {
  const isNeeded = (...any: Need[]) => lots.some((lot) => any.includes(lot.needs));
  const packages = provideRunc();
  const compose = packages.then(() => (isNeeded("compose") ? provideComposePlugins() : undefined));
  const provider = compose.then(async () => void (isNeeded("provider", "account") && (await awsPlugin())));
  const account = provider.then(() => (isNeeded("account") ? provideForAccounts() : undefined));
  const all = { packages, compose, provider, account };
  // Whoever waits for one of them is told.
  for (const each of Object.values(all)) each.catch(() => undefined);
  return all;
}

async function runLots(processes: LotProcesses, lots: readonly Lot[]): Promise<void> {
  const provided = provide(lots);
  // What is built already is there by then, and those that take longest can be the first. While it is built, the others run.
  await Promise.race([provided.account, sleep(60_000, undefined, { ref: false })]);
  await Promise.all(needs.map((need) => provided[need].then(() => processes.start((lot) => lot.needs === need))));
  const { passed, failures } = await processes.end();
  // Once more at the end: between the lines of several lots nobody finds them.
  for (const failure of failures) console.log(failed(failure));
  console.log(`${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

/** Rejects at Ctrl-C and the like. */
function signalled(): Promise<never> {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  return new Promise((_, reject) => signals.forEach((signal) => process.on(signal, () => reject(new SandboxError(`Ended by ${signal}.`)))));
}

/** What lots with an account share, so that none of them makes it while another does. */
async function provideForAccounts(): Promise<void> {
  await provideToolchain();
  installPlugins(binFolder, await awsPlugin());
  await provideMoto();
  await restOperations();
  await provideRootFileSystems(process.env);
  Object.assign(process.env, await makeCertificate());
}

interface Options {
  toolchain?: boolean;
  stack?: string[];
  service?: string[];
  image?: string[];
  runAll?: boolean;
  whole?: boolean;
}

/** A misspelt stack must not pass for one that was judged. */
function checkStackNames(wanted: Part[], given: string[] = []): void {
  const known = checkedStacks(root).map(({ name }) => name);
  const unknown = given.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new SandboxError(`--stack ${unknown.join(" ")}: expected ${known.join(", ")}. Nothing was run.`);
  if (given.length > 0 && !wanted.includes("stacks"))
    throw new SandboxError("--stack is of the part stacks, which is not among those that are to run. Nothing was run.");
}

/** The namespace ends what is still running. */
async function inside(name: string, lots: Lot[], { stack, service, image, runAll, whole }: Options): Promise<never> {
  const lot = lots.find((each) => each.name === name)!;
  const isFirst = lot === lots.find(({ needs }) => needs === "account");
  await runLot(lot, isFirst, { corpus: { names: image, runAll }, stacks: stack, services: service, whole });
  const counts = summary();
  writeCounts(name, counts);
  process.exit(counts.failures.length === 0 ? 0 : 1);
}

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof SandboxError ? error.message : error);
  process.exit(1);
});
