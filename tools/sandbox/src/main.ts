import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Command } from "commander";

import { TaskApi } from "./aws/taskApi";
import { cloneRepository } from "./checkout";
import { Engine, installPlugins } from "./engine";
import { summary } from "./expectations";
import { takeLock } from "./lock";
import { pushBaseImages } from "./machine/baseImages";
import { startBuildkit } from "./machine/buildkit";
import { isIsolated, runIsolated } from "./machine/isolation";
import { startRegistry } from "./machine/registry";
import { checkRequirements } from "./machine/requirements";
import { inSandbox, sandboxFolder } from "./paths";
import { SandboxError, step } from "./progress";
import { runScenario } from "./scenario";
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
      if (!toolchain) process.exitCode = await runIsolated(process.argv[1]!, process.argv.slice(2));
    } finally {
      rmSync(temporary, { recursive: true, force: true });
      release();
    }
  });

async function inside(): Promise<void> {
  for (const folder of ["state", "registry", "logs", "aws"]) rmSync(inSandbox(folder), { recursive: true, force: true });
  for (const folder of ["logs", "aws"]) mkdirSync(inSandbox(folder), { recursive: true });
  const bin = inSandbox("bin");
  installPlugins(bin);
  const use = (variables: NodeJS.ProcessEnv) => Object.assign(process.env, variables);
  use({ PATH: [bin, process.env.PATH].join(delimiter), FAIRLEAD_SANDBOX_AWS_STATE: join(sandboxFolder, "aws", "resources.json") });
  use(await step("Registry on 127.0.0.1, over TLS, with a login", () => startRegistry(process.env)));
  use(await step("BuildKit", () => startBuildkit(process.env)));
  await step("Base images for linux/amd64 and linux/arm64", () => pushBaseImages(process.env));
  const checkout = await step("A clone of this repository to work on", () => cloneRepository());
  const taskApi = new TaskApi(process.env.FAIRLEAD_SANDBOX_AWS_STATE!);
  use(await taskApi.listen());
  const engine = await step("Stack sandbox, in a backend of files", () => Engine.create(checkout, process.env));
  await runScenario(engine, checkout, taskApi);
  const { passed, failed } = summary();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof SandboxError ? error.message : error);
  process.exit(1);
});
