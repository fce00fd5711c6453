import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { coded, UserError } from "@fairlead/model";

import { tools } from "../tools";
import { started, throwIfInterrupted } from "./interrupts";

/** Where a command of Pulumi's runs, and what it is handed. */
export interface PulumiPlace {
  folder: string;
  env?: NodeJS.ProcessEnv;
  /** Its standard input. None by default. */
  input?: string;
}

/** What a command of Pulumi's printed, and whether it went well. */
export interface PulumiResult {
  code: number | null;
  /** Its standard output, which may hold secrets where they were asked for. */
  output: string;
  /** Its standard error. */
  errors: string;
  /** Both streams, as they came. */
  all: string;
}

/** Runs Pulumi's CLI. @throws UserError with FL3203 where there is none */
export async function pulumi(args: readonly string[], { folder, env = process.env, input }: PulumiPlace): Promise<PulumiResult> {
  const child = started((options) =>
    spawn("pulumi", [...args, "--non-interactive"], {
      ...options,
      cwd: folder,
      env: { ...env, NO_COLOR: "1", PULUMI_SKIP_UPDATE_CHECK: "true" },
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    }),
  );
  // One that ends before it has read all says itself why.
  child.stdin?.on("error", () => undefined).end(input);
  let [output, errors, all] = ["", "", ""];
  child.stdout!.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    all += text;
  });
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
    all += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", (error) => reject(new UserError(coded("FL3203", `${tools.pulumi.missing} (${error.message})`))));
    child.on("close", resolve);
  });
  return { code, output, errors, all };
}

/** The same; what is not as it should be is told in Pulumi's words. @throws UserError with FL3203, Interruption after Ctrl-C */
export async function pulumiOrRefuse(args: readonly string[], place: PulumiPlace): Promise<string> {
  throwIfInterrupted();
  const { code, output, all } = await pulumi(args, place);
  throwIfInterrupted();
  if (code === 0) return output;
  throw new UserError(coded("FL3203", `\`pulumi ${args.slice(0, 2).join(" ")}\` ended with ${code}:\n${saidBy(all)}`));
}

/** What went wrong, without the list of what went well. */
export function saidBy(all: string): string {
  const errors = errorsInJson(all);
  if (errors.length > 0) return errors.join("\n");
  const start = all.indexOf("Diagnostics:");
  const lines = (start < 0 ? all : all.slice(start)).trim().split("\n");
  return lines.slice(-40).join("\n");
}

/** The errors of a command that prints JSON, each without the stack of the program that was refused. */
function errorsInJson(all: string): string[] {
  try {
    const { diagnostics = [] } = JSON.parse(all.slice(all.indexOf("{\n"), all.lastIndexOf("\n}") + 2)) as {
      diagnostics?: { message: string; severity: string }[];
    };
    const messages = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => stripVTControlCharacters(message));
    return messages.map((message) => message.split(/\n +at /)[0]!.trim());
  } catch {
    return [];
  }
}
