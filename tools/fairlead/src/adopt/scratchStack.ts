import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { coded, configurationFile, UserError } from "@fairlead/model";
import { urnParts, verdictOf, type ChosenImport, type ImportFile, type Verdict } from "@fairlead/adoption";
import type { Project } from "@fairlead/plan";
import type { JudgedDanger } from "@fairlead/review";
import { stringify } from "yaml";

import type { CopiedConfiguration } from "./copiedConfiguration";
import { dangersIn } from "./dangers";
import { importFlags } from "./importIntoStack";
import { throwIfInterrupted } from "./interrupts";
import { pulumi, pulumiOrRefuse, saidBy } from "./pulumiCommand";
import type { ReferencedStack } from "./referencedStacks";
import type { StackState } from "./stackState";

/** What a copy of a stack begins with. */
export interface Copied {
  /** Undefined where the stack has none yet. */
  state: StackState | undefined;
  configuration: CopiedConfiguration;
  /** Stacks whose outputs its program reads. */
  read: readonly { referenced: ReferencedStack; deployment: StackState["deployment"] }[];
}

/**
 * A copy of a stack, with its state, in a folder of its own that goes when the command ends: what an import would do is tried there, and nothing is written where
 * the stack is. What Pulumi's engine and provider do to it reads AWS and changes nothing.
 */
export class ScratchStack {
  private constructor(
    private readonly folder: string,
    private readonly project: Project,
    private readonly stack: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** The state that it began with. */
  private begun = "";

  /**
   * @param stack its name without an organization
   * @param copied what it begins with
   */
  static async make(project: Project, stack: string, { state, configuration, read }: Copied): Promise<ScratchStack> {
    const folder = mkdtempSync(join(tmpdir(), "fairlead-adopt-"));
    mkdirSync(join(folder, "state"));
    const env = {
      ...process.env,
      ...configuration.variables,
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: randomBytes(24).toString("hex"),
      PULUMI_CONFIG_PASSPHRASE_FILE: undefined,
    };
    const scratch = new ScratchStack(folder, project, stack, env);
    try {
      const salted = await scratch.init(scratch.projectFolder, project.name, stack);
      writeFileSync(scratch.configFile, `${salted.trimEnd()}\n${stringify({ config: configuration.plain })}`);
      for (const [key, value] of Object.entries(configuration.secret))
        // By standard input, of which Pulumi takes the last line break away: no file has it in clear, and no list of processes.
        await scratch.here(["config", "set", "--secret", key, "--stack", stack], `${value}\n`);
      scratch.begun = state ? withSalt(state.deployment, salted) : await scratch.here(["stack", "export", "--stack", stack]);
      if (state) await scratch.here(["stack", "import", "--stack", stack], scratch.begun);
      for (const [index, { referenced, deployment }] of read.entries()) {
        const beside = join(folder, `read-${index}`);
        const salt = await scratch.init(beside, referenced.project, referenced.stack);
        const place = { folder: beside, env, input: withSalt(deployment, salt) };
        await pulumiOrRefuse(["stack", "import", "--stack", referenced.stack], place);
      }
      return scratch;
    } catch (error) {
      scratch.remove();
      throw error;
    }
  }

  /**
   * Takes resources into the copy's state. What AWS doesn't have is left out, where it is only a setting of another one.
   *
   * @param fileOf makes the file of those that are left
   * @returns those that are there
   * @throws UserError with FL3202 where one is not there that was named, and FL3203 where Pulumi refuses for another reason
   */
  async import(
    named: readonly ChosenImport[],
    settings: readonly ChosenImport[],
    fileOf: (chosen: readonly ChosenImport[]) => ImportFile,
  ): Promise<ChosenImport[]> {
    let left = [...settings];
    for (;;) {
      const chosen = [...named, ...left];
      const { code, all } = await this.tryImport(fileOf(chosen));
      throwIfInterrupted();
      const missing = code === 0 ? await this.emptyOf(chosen) : chosen.filter(({ urn }) => isMissing(all, urn));
      if (missing.length === 0 && code === 0) return chosen;
      const absent = missing.filter((each) => named.includes(each));
      if (absent.length > 0) throw absence(absent, code === 0 ? "" : saidBy(all));
      if (missing.length === 0) throw new UserError(coded("FL3203", `\`pulumi import\` ended with ${code}:\n${saidBy(all)}`));
      left = left.filter((each) => !missing.includes(each));
      // Those that were there are in the state, where Pulumi imports nothing twice.
      await this.here(["stack", "import", "--stack", this.stack], this.begun);
    }
  }

  /** What an `up` of the copy would do, and what of it a review warns of. */
  async verdict(): Promise<{ verdict: Verdict; dangers: JudgedDanger[] }> {
    const args = ["preview", "--json", "--show-sames", "--stack", this.stack, "--config-file", this.configFile];
    const printed = await pulumiOrRefuse(args, { folder: this.project.root, env: this.env });
    const json = printed.slice(printed.indexOf("{\n"), printed.lastIndexOf("}") + 1);
    return { verdict: verdictOf(json), dangers: dangersIn(json) };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get projectFolder(): string {
    return join(this.folder, "project");
  }

  private get configFile(): string {
    return join(this.projectFolder, configurationFile(this.stack));
  }

  /** Those of which the provider read nothing, and yet called it a success. */
  private async emptyOf(chosen: readonly ChosenImport[]): Promise<ChosenImport[]> {
    const exported = JSON.parse(await this.here(["stack", "export", "--stack", this.stack])) as {
      deployment: { resources?: { urn: string; outputs?: object }[] };
    };
    const read = new Map((exported.deployment.resources ?? []).map(({ urn, outputs = {} }) => [urn, Object.keys(outputs).length > 0]));
    return chosen.filter(({ urn }) => read.get(urn) !== true);
  }

  /** Makes an empty stack. @returns what Pulumi has written of it: the salt of the passphrase */
  private async init(folder: string, project: string, stack: string): Promise<string> {
    mkdirSync(folder);
    writeFileSync(join(folder, "Pulumi.yaml"), stringify({ name: project, runtime: "nodejs" }));
    // What is selected Pulumi keeps in a file of the home folder, which nobody would take away.
    await pulumiOrRefuse(["stack", "init", stack, "--no-select"], { folder, env: this.env });
    return readFileSync(join(folder, configurationFile(stack)), "utf8");
  }

  private here(args: readonly string[], input?: string): Promise<string> {
    return pulumiOrRefuse(args, { folder: this.projectFolder, env: this.env, input });
  }

  private tryImport(file: ImportFile) {
    const path = join(this.folder, "import.json");
    writeFileSync(path, JSON.stringify(file));
    return pulumi(["import", "--file", path, "--stack", this.stack, ...importFlags], { folder: this.projectFolder, env: this.env });
  }
}

/** The state with secrets that the copy's own passphrase encrypts, whichever provider kept them. */
function withSalt(deployment: StackState["deployment"], configuration: string): string {
  const [, salt] = /^encryptionsalt: (.+)$/m.exec(configuration) ?? [];
  const whole = { ...deployment.deployment, secrets_providers: { type: "passphrase", state: { salt } } };
  return JSON.stringify({ version: 3, ...deployment, deployment: whole });
}

/** Whether Pulumi says of a resource that AWS has none of its id. */
function isMissing(all: string, urn: string): boolean {
  const { type, name } = urnParts(urn);
  const lines = stripVTControlCharacters(all).split("\n");
  const begin = lines.findIndex((line) => line.trim().startsWith(`${type} (${name})`));
  const said = begin < 0 ? [] : lines.slice(begin + 1, begin + 4);
  return said.some((line) => /does not exist|couldn't find resource|NotFound/i.test(line));
}

function absence(absent: readonly ChosenImport[], said: string): UserError {
  const shown = absent.map(({ urn, id }) => `${id} (${urnParts(urn).type.split(":").at(-1)!} ${urnParts(urn).name})`).join(", ");
  return new UserError(coded("FL3202", `AWS has no ${shown}.${said === "" ? "" : `\n${said}`}`));
}
