import { spawn, type ChildProcess } from "node:child_process";
import { appendFileSync } from "node:fs";

import { tools } from "../tools";
import type { StoredResource } from "./storedResource";

/** What Pulumi said when it failed. */
export class PulumiFailure extends Error {}

/** A plugin of Pulumi's, as the CLI lists it. */
export interface Plugin {
  name: string;
  kind: string;
  version: string;
}

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
    const { deployment } = (await this.json(["stack", "export"])) as { deployment?: { resources?: StoredResource[] } };
    return deployment?.resources ?? [];
  }

  /**
   * The stack's configuration by full key, decrypted.
   *
   * @throws PulumiFailure in which no word is of a command that has seen a secret
   */
  async configuration(): Promise<Record<string, { value?: string; secret?: boolean }>> {
    // What goes wrong with or without secrets, such as a stack that is not there, is told by a command that shows none.
    await this.json(["config", "--json"]);
    return (await this.json(["config", "--json", showSecrets])) as Record<string, { value?: string; secret?: boolean }>;
  }

  /** Plugins that are installed. Those on the PATH are not among them. */
  async plugins(): Promise<Plugin[]> {
    return ((await this.json(["plugin", "ls", "--json"])) as Plugin[] | null) ?? [];
  }

  /** Installs a plugin, as `up` does by itself. */
  async installPlugin({ name, version }: Pick<Plugin, "name" | "version">): Promise<void> {
    await this.run(["plugin", "install", "resource", name, version]);
  }

  /** As Ctrl-C does: Pulumi ends what it has begun, and at the second time at once. */
  interrupt(): void {
    this.running?.kill("SIGINT");
  }

  private async json(args: string[]): Promise<unknown> {
    const output = await this.run(args);
    try {
      return JSON.parse(output);
    } catch {
      // The parser's own message quotes what it read.
      throw new PulumiFailure(`pulumi ${args.join(" ")} printed no JSON.`);
    }
  }

  /** Runs a command and returns its standard output. */
  private async run(args: string[]): Promise<string> {
    // A process group of its own: a terminal's Ctrl-C would reach it beside ours, and two of them end it in the middle of its work.
    // Plugins are no stack's.
    const stack = args[0] === "plugin" ? [] : ["--stack", this.stack];
    const child = spawn("pulumi", [...args, ...stack], {
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
      child.on("error", (error) => reject(new PulumiFailure(`${tools.pulumi.missing} (${error.message})`)));
      child.on("close", resolve);
    }).finally(() => (this.running = undefined));
    if (code === 0) return output;
    if (args.includes(showSecrets)) throw new PulumiFailure(undecrypted(code));
    throw new PulumiFailure(diagnosisIn(all) || `pulumi ${args[0]} ended with ${code}`);
  }
}

const showSecrets = "--show-secrets";

const undecrypted = (code: number | null) =>
  `\`pulumi config ${showSecrets}\` ended with ${code}, and \`pulumi config\` well: the secrets can't be decrypted. What it printed is not shown, since it may hold some of them. ` +
  "Look at the passphrase (PULUMI_CONFIG_PASSPHRASE) or the key of the stack's secrets.";

const maxLines = 60;

/** What went wrong, without the list of all that went well. */
function diagnosisIn(text: string): string {
  const start = text.indexOf("Diagnostics:");
  const lines = (start < 0 ? text : text.slice(start)).trim().split("\n");
  return lines.length <= maxLines ? lines.join("\n") : [...lines.slice(0, maxLines), "…"].join("\n");
}
