import { spawn, type ChildProcess } from "node:child_process";
import { appendFileSync } from "node:fs";

import type { StoredResource } from "./storedResource";

/** What Pulumi said when it failed. */
export class PulumiFailure extends Error {}

/** The Pulumi CLI on one stack, in the project's folder. One command at a time. */
export class PulumiCli {
  private running: ChildProcess | undefined;

  /** @param log file that all it prints is written to */
  constructor(
    private readonly folder: string,
    private readonly stack: string,
    private readonly log?: string,
  ) {}

  /** Runs a command that changes things, or says what would change. */
  async change(command: "up" | "preview" | "destroy", ...options: string[]): Promise<string> {
    const unasked = command === "preview" ? [] : ["--yes", "--skip-preview"];
    return this.run([command, ...unasked, "--non-interactive", "--color", "never", "--suppress-progress", ...options]);
  }

  /** The resources of the state, components and the stack itself too; secrets in it are encrypted. */
  async resources(): Promise<StoredResource[]> {
    const { deployment } = JSON.parse(await this.run(["stack", "export"])) as { deployment?: { resources?: StoredResource[] } };
    return deployment?.resources ?? [];
  }

  /** The stack's configuration by full key, decrypted. */
  async configuration(): Promise<Record<string, { value?: string; secret?: boolean }>> {
    return JSON.parse(await this.run(["config", "--json", "--show-secrets"])) as Record<string, { value?: string; secret?: boolean }>;
  }

  /** As Ctrl-C does: Pulumi ends what it has begun, and at the second time at once. */
  interrupt(): void {
    this.running?.kill("SIGINT");
  }

  /** Runs a command and returns its standard output. */
  private async run(args: string[]): Promise<string> {
    // A process group of its own: a terminal's Ctrl-C would reach it beside ours, and two of them end it in the middle of its work.
    const child = spawn("pulumi", [...args, "--stack", this.stack], {
      cwd: this.folder,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.running = child;
    // What shows secrets or the whole state is no log.
    const log = args[0] === "stack" || args[0] === "config" ? undefined : this.log;
    let [output, all] = ["", ""];
    const keep = (text: string) => {
      all += text;
      if (log) appendFileSync(log, text);
    };
    if (log) appendFileSync(log, `$ pulumi ${args.join(" ")}\n`);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      keep(text);
    });
    child.stderr.setEncoding("utf8").on("data", keep);
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", (error) => reject(new PulumiFailure(`There is no Pulumi CLI to run: ${error.message}.`)));
      child.on("close", resolve);
    }).finally(() => (this.running = undefined));
    if (code === 0) return output;
    throw new PulumiFailure(diagnosisIn(all) || `pulumi ${args[0]} ended with ${code}`);
  }
}

const maxLines = 60;

/** What went wrong, without the list of all that went well. */
function diagnosisIn(text: string): string {
  const start = text.indexOf("Diagnostics:");
  const lines = (start < 0 ? text : text.slice(start)).trim().split("\n");
  return lines.length <= maxLines ? lines.join("\n") : [...lines.slice(0, maxLines), "…"].join("\n");
}
