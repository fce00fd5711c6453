import { spawn } from "node:child_process";
import { join } from "node:path";

/** What a command printed. */
export interface CommandAnswer {
  /** Its standard output alone, which others parse; what was wrong, where there is none. */
  text: string;
  /** What stands beside the answer and is no part of it. */
  notes?: string;
  isError: boolean;
}

/** How a command is called. */
export interface CallOptions {
  /** Whether each line of the output stands for itself, so that the newest are an answer too. */
  isOfLines?: boolean;
  /** Ends it. */
  signal?: AbortSignal;
  /** Of another program than ours, for tests. */
  program?: string;
}

/** Characters of an answer: an agent has no use for more at once. */
const longest = 200_000;
const own = join(__dirname, "../../bin/fairlead.js");

/**
 * Runs a command of ours as a process of its own, so that what it prints is its answer and nothing else: standard output of this one is the protocol's.
 */
export function callCommand(args: readonly string[], { isOfLines, signal, program = own }: CallOptions = {}): Promise<CommandAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1" },
      signal,
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      const [said, beside] = [output, errors].map((chunks) => Buffer.concat(chunks).toString().trim()) as [string, string];
      // A finding is an answer, whatever the exit code: `doctor` ends with 1 where it found a cause.
      if (said === "" && code !== 0) return resolve({ text: beside || `It ended with exit code ${code}.`, isError: true });
      resolve(withNote(shortened(said, isOfLines === true), beside));
    });
  });
}

function shortened(text: string, isOfLines: boolean): CommandAnswer {
  if (text.length <= longest) return { text, isError: false };
  const kept = text.slice(-longest);
  if (!isOfLines || !kept.includes("\n"))
    return { text: `The answer has ${text.length} characters, more than ${longest}: name services.`, isError: true };
  const lines = kept.slice(kept.indexOf("\n") + 1);
  return { text: lines, notes: `${text.length - lines.length} characters before this are left out.`, isError: false };
}

function withNote(answer: CommandAnswer, note: string): CommandAnswer {
  const notes = [answer.notes, note].filter(Boolean).join("\n");
  return notes === "" ? answer : { ...answer, notes };
}
