import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { provideTool } from "@fairlead/sandbox/toolchain";

/** Checks .github/workflows with actionlint: the machine's, else built from its Go module once. */
async function lint(): Promise<void> {
  const { status } = spawnSync(await provideTool("actionlint"), process.argv.slice(2), {
    cwd: resolve(__dirname, "../../.."),
    stdio: "inherit",
  });
  if (status === 0) console.log("actionlint finds nothing in .github/workflows.");
  process.exitCode = status ?? 1;
}

lint().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
