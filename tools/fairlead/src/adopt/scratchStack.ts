import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { coded, configurationFile, UserError } from "@fairlead/model";
import { verdictOf, type ChosenImport, type ImportFile, type Verdict } from "@fairlead/adoption";
import type { Project } from "@fairlead/plan";
import { stringify } from "yaml";

import { pulumi, pulumiOrRefuse, saidBy } from "./pulumiCommand";
import type { StackState } from "./stackState";

/** Flags of `pulumi import` in which nobody is asked and no code is written. */
const importFlags = ["--yes", "--skip-preview", "--generate-code=false", "--suppress-outputs", "--suppress-progress"];

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

  /** @param stack its name without an organization */
  static async make(project: Project, stack: string, state: StackState | undefined): Promise<ScratchStack> {
    const folder = mkdtempSync(join(tmpdir(), "fairlead-adopt-"));
    for (const name of ["state", "project"]) mkdirSync(join(folder, name));
    const env = {
      ...process.env,
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: randomBytes(24).toString("hex"),
      PULUMI_CONFIG_PASSPHRASE_FILE: undefined,
    };
    const scratch = new ScratchStack(folder, project, stack, env);
    try {
      writeFileSync(join(scratch.projectFolder, "Pulumi.yaml"), stringify({ name: project.name, runtime: "nodejs" }));
      await scratch.here(["stack", "init", stack]);
      // Pulumi has written the salt of the passphrase into it.
      const salted = readFileSync(scratch.configFile, "utf8");
      writeFileSync(scratch.configFile, `${salted.trimEnd()}\n${stringify({ config: project.config })}`);
      if (state) await scratch.here(["stack", "import", "--stack", stack], state.deployment);
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
      if (code === 0) return chosen;
      const missing = missingIn(all);
      const absent = named.filter(({ urn }) => missing.some((each) => isUrnOf(each, urn)));
      if (absent.length > 0)
        throw new UserError(
          coded(
            "FL3202",
            `AWS has no ${absent.map(({ urn, id }) => `${id} (${urn.split("::").at(-1)})`).join(", ")} of this kind.\n${saidBy(all)}`,
          ),
        );
      const stays = left.filter(({ urn }) => !missing.some((each) => isUrnOf(each, urn)));
      if (stays.length === left.length) throw new UserError(coded("FL3203", `\`pulumi import\` ended with ${code}:\n${saidBy(all)}`));
      left = stays;
    }
  }

  /** What an `up` of the copy would do. */
  async verdict(): Promise<Verdict> {
    const args = ["preview", "--json", "--stack", this.stack, "--config-file", this.configFile];
    const printed = await pulumiOrRefuse(args, { folder: this.project.root, env: this.env });
    return verdictOf(printed.slice(printed.indexOf("{\n"), printed.lastIndexOf("}") + 1));
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

  private here(args: readonly string[], input?: string): Promise<string> {
    return pulumiOrRefuse(args, { folder: this.projectFolder, env: this.env, input });
  }

  private tryImport(file: ImportFile) {
    const path = join(this.folder, "import.json");
    writeFileSync(path, JSON.stringify(file));
    return pulumi(["import", "--file", path, "--stack", this.stack, ...importFlags], { folder: this.projectFolder, env: this.env });
  }
}

/** Takes resources into the state of the stack itself, which Pulumi then refuses to delete until an `up` says otherwise. */
export async function importIntoStack({ root }: Project, stack: string, file: ImportFile): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-adopt-"));
  try {
    const path = join(folder, "import.json");
    writeFileSync(path, JSON.stringify(file));
    await pulumiOrRefuse(["import", "--file", path, "--stack", stack, ...importFlags], { folder: root });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** URNs or names of which Pulumi says that the resource does not exist. */
function missingIn(all: string): string[] {
  return all.split("\n").flatMap((line) => (/does not exist|couldn't find resource|not found/i.test(line) ? [line] : []));
}

const isUrnOf = (text: string, urn: string) => text.includes(urn);
