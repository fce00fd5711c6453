import { Command } from "commander";

import { textOf } from "../src/textOf";

/** What a command did. */
export interface CommandResult {
  status: number;
  stdout: string;
  stderr: string;
}

/** Runs a command in a folder, in this process: as bin/fairlead.js does, without a start of its own. */
export async function runCommand(folder: string, name: string, ...args: string[]): Promise<CommandResult> {
  const result: CommandResult = { status: 0, stdout: "", stderr: "" };
  const to = (stream: "stdout" | "stderr") => (text: unknown) => void (result[stream] += String(text));
  const spies = [
    jest.spyOn(process.stdout, "write").mockImplementation((text) => (to("stdout")(text), true)),
    jest.spyOn(process.stderr, "write").mockImplementation((text) => (to("stderr")(text), true)),
    jest.spyOn(console, "log").mockImplementation((text) => to("stdout")(`${text}\n`)),
    jest.spyOn(console, "error").mockImplementation((text) => to("stderr")(`${text}\n`)),
  ];
  const before = process.cwd();
  process.chdir(folder);
  try {
    const { default: register } = (await import(`../src/commands/${name}`)) as { default: (program: Command) => void };
    const program = new Command("fairlead").exitOverride();
    register(program);
    await program.parseAsync([name, ...args], { from: "user" });
  } catch (error) {
    console.error(textOf(error));
    process.exitCode = 1;
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.chdir(before);
  }
  result.status = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return result;
}
