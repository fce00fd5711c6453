import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Command } from "commander";

import { accountVariables } from "./account";
import { AwsApi } from "./aws/awsApi";
import { cloneRepository, commit } from "./checkout";
import { Engine, installPlugins } from "./engine";
import { summary } from "./expectations";
import { takeLock } from "./lock";
import { pushBaseImages } from "./machine/baseImages";
import { startBuildkit } from "./machine/buildkit";
import { makeCertificate } from "./machine/certificate";
import { isIsolated, runIsolated } from "./machine/isolation";
import { startRegistries } from "./machine/registry";
import { checkRequirements } from "./machine/requirements";
import { inSandbox } from "./paths";
import { SandboxError, step } from "./progress";
import { checkCorpus } from "./corpus/checkCorpus";
import { checkComments } from "./scenario/comments";
import { checkDestroy, runLife } from "./scenario/life";
import { checkNewServices } from "./scenario/newServices";
import { prepareWeb } from "./scenario/preparation";
import { checkPromotion } from "./scenario/promotion";
import { checkWorkflows } from "./scenario/workflows";
import { provideToolchain } from "./toolchain";

const program = new Command("fairlead-sandbox")
  .description(
    "Runs the stack `sandbox` under the real Pulumi engine, docker-build, BuildKit and a registry, with a stand-in for AWS: " +
      "up, a second up, preview, one changed source line and up, destroy.",
  )
  .option("--toolchain", "only provide the programs that the sandbox needs")
  .addHelpText(
    "after",
    "\nNeeds Linux and root. Writes to .sandbox/, Go's own caches and, while it runs, the temporary folder. " +
      "FAIRLEAD_TOOLCHAIN names another folder for the programs it builds.",
  )
  .action(async ({ toolchain }: { toolchain?: boolean }) => {
    if (isIsolated) return inside();
    checkRequirements();
    const release = takeLock();
    const temporary = mkdtempSync(join(tmpdir(), "fairlead-sandbox-"));
    process.env.FAIRLEAD_SANDBOX_TMP = temporary;
    try {
      await provideToolchain();
      if (toolchain) return;
      Object.assign(process.env, await makeCertificate());
      process.exitCode = await runIsolated(process.argv[1]!, process.argv.slice(2));
    } finally {
      rmSync(temporary, { recursive: true, force: true });
      release();
    }
  });

async function inside(): Promise<void> {
  for (const folder of ["state", "registry", "logs", "aws", "cache"]) rmSync(inSandbox(folder), { recursive: true, force: true });
  for (const folder of ["logs", "aws"]) mkdirSync(inSandbox(folder), { recursive: true });
  const bin = inSandbox("bin");
  installPlugins(bin);
  const use = (variables: NodeJS.ProcessEnv) => Object.assign(process.env, variables);
  // What another run inspected must not answer for this one.
  use({ PATH: [bin, process.env.PATH].join(delimiter), XDG_CACHE_HOME: inSandbox("cache") });
  const accounts = await step("Registries of two accounts on 127.0.0.1, over TLS, with a login", () => startRegistries(process.env));
  const [account] = accounts;
  use(accountVariables(account!));
  const hosts = accounts.map(({ registryHost }) => registryHost);
  use(await step("BuildKit", () => startBuildkit(process.env, hosts)));
  await step("Base images for linux/amd64 and linux/arm64", () => pushBaseImages(process.env));
  const awsApi = new AwsApi(account!.stateFile, account!.accountId);
  use(await awsApi.listen());
  await checkCorpus(hosts[0]!, process.env);
  const checkout = await step("A clone of this repository to work on", () => cloneRepository());
  const sidecar = await prepareWeb(checkout, hosts[0]!);
  const engine = await step("Stack sandbox, in a backend of files", () => Engine.open("sandbox", checkout, process.env));
  // The salt of its secrets, which every clone needs.
  await commit(checkout, "The stack's configuration");
  await runLife(engine, checkout, awsApi, sidecar);
  await checkWorkflows(engine, checkout);
  await checkComments(engine, checkout);
  await checkPromotion(engine, checkout, accounts[1]!);
  await checkNewServices(engine, checkout, hosts[0]!);
  await checkDestroy(engine);
  const { passed, failed } = summary();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof SandboxError ? error.message : error);
  process.exit(1);
});
