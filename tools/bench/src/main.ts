import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { Command } from "commander";

import { benchInspection } from "./inspection";
import { inTurns, measure, medianOf, type Measurement } from "./measure";
import { benchReport } from "./report";
import { generateServices } from "./services";

const root = resolve(__dirname, "../../..");
const scratch = join(root, ".bench");
const peers = join(scratch, "peers");

const contenders = ["fairlead", "pulumi ts-node", "cdk ts-node", "cdk tsx"] as const;
type Contender = (typeof contenders)[number];

const program = new Command("fairlead-bench").description("Measures, and prints ratios.");

program
  .command("preview", { isDefault: true })
  .description("Time the embedded plan of generated services against Pulumi's default way and an AWS CDK app.")
  .option("--sizes <list>", "numbers of services", "1,10,100,300")
  .option("--runs <count>", "runs of each; the median counts", "3")
  .option("--only-fairlead", "leave the others out")
  .option("--json", "print the results as JSON")
  .action(async (options: { sizes: string; runs: string; onlyFairlead?: boolean; json?: boolean }) => {
    mkdirSync(scratch, { recursive: true });
    if (!options.onlyFairlead) installPeers();
    const results = [];
    for (const size of options.sizes.split(",").map(Number)) {
      generateServices(join(scratch, "apps", String(size)), size);
      const runs = await inTurns<Contender>(options.onlyFairlead ? ["fairlead"] : contenders, Number(options.runs), (contender, run) => {
        if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${size} services, run ${run}: ${contender}`);
        return measure(commandOf(contender, size), { cwd: cwdOf(contender), scratch });
      });
      for (const [contender, measurements] of runs) results.push({ contender, size, ...medianOf(measurements, "cpuSeconds") });
    }
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
    console.log(options.json ? JSON.stringify(results, null, 2) : table(results));
  });

program
  .command("inspect")
  .description(
    "Time the inspection of a 1 GB image of 3 layers and 2 platforms against `skopeo copy` to a folder, and `docker pull` where a daemon runs.",
  )
  .option("--runs <count>", "runs of each; the median counts", "3")
  .action(({ runs }: { runs: string }) => benchInspection(scratch, Number(runs)));

program
  .command("report")
  .description("Time how long Chromium takes to open and to filter the HTML report of `everything` and of generated services.")
  .option("--services <count>", "number of services", "1000")
  .option("--runs <count>", "runs of each; the slowest counts", "3")
  .action(({ services, runs }: { services: string; runs: string }) => benchReport(scratch, Number(services), Number(runs)));

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

function commandOf(contender: Contender, size: number): string[] {
  const apps = relative(root, join(scratch, "apps", String(size)));
  const bin = (name: string) => join(peers, "node_modules", ".bin", name);
  switch (contender) {
    case "fairlead":
      return [
        process.execPath,
        "tools/fairlead/bin/fairlead.js",
        "preview",
        "--json",
        "--timings",
        "--config",
        `appsDirectory=${apps}`,
        "--config",
        "loadBalancerRules=1000",
      ];
    case "pulumi ts-node":
      return [bin("ts-node"), "pulumi.ts", String(size)];
    case "cdk ts-node":
      return [bin("ts-node"), "--prefer-ts-exts", "cdk.ts", String(size), join(scratch, "cdk.out")];
    case "cdk tsx":
      return [bin("tsx"), "cdk.ts", String(size), join(scratch, "cdk.out")];
  }
}

function cwdOf(contender: Contender): string {
  return contender === "fairlead" ? root : peers;
}

function installPeers(): void {
  mkdirSync(peers, { recursive: true });
  cpSync(join(__dirname, "../peers"), peers, { recursive: true });
  if (existsSync(join(peers, "node_modules"))) return;
  console.error("Installing what the benchmark compares with (once, about a minute)…");
  const { status } = spawnSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: peers, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error("npm install of the benchmark's peers failed; its own words are above.");
}

function table(results: (Measurement & { contender: Contender; size: number })[]): string {
  const lines = ["services  contender         seconds  processor s  peak MiB  fairlead is  where fairlead's time goes (ms)"];
  for (const { contender, size, seconds, cpuSeconds, peakMiB, standardError } of results) {
    const ours = results.find((result) => result.contender === "fairlead" && result.size === size)!;
    const ratio = contender === "fairlead" ? "" : `${(ours.cpuSeconds / cpuSeconds).toFixed(2)} ×`;
    const timings = contender === "fairlead" ? standardError.trim().split("\n").at(-1)!.replace(/["{}]/g, "").replace(/,/g, ", ") : "";
    const columns = [
      String(size).padStart(8),
      contender.padEnd(16),
      seconds.toFixed(2).padStart(8),
      cpuSeconds.toFixed(2).padStart(11),
      (peakMiB ?? 0).toFixed(0).padStart(8),
      ratio.padStart(11),
    ];
    lines.push(`${columns.join("  ")}  ${timings}`.trimEnd());
  }
  return lines.join("\n");
}
