import { spawn } from "node:child_process";
import { join } from "node:path";

/** What a command printed. */
export interface CommandAnswer {
  text: string;
  isError: boolean;
}

/** Characters of an answer: an agent has no use for more at once. */
const longest = 200_000;
const program = join(__dirname, "../../bin/fairlead.js");

/**
 * Runs a command of ours as a process of its own, so that what it prints is its answer and nothing else: standard output of this one is the protocol's.
 *
 * @param signal ends it
 */
export function callCommand(args: readonly string[], signal?: AbortSignal): Promise<CommandAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1" },
      signal,
    });
    let [output, errors] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    child.on("error", reject);
    child.on("close", () => {
      // A finding is an answer, whatever the exit code: `doctor` ends with 1 where it found a cause.
      const isError = output.trim() === "" && errors.trim() !== "" && child.exitCode !== 0;
      resolve({ text: isError ? errors.trim() : withNotes(newest(output.trim()), errors.trim()), isError });
    });
  });
}

/** The end of what is too long, from the beginning of a line. */
function newest(text: string): string {
  if (text.length <= longest) return text;
  const kept = text.slice(-longest);
  const lines = kept.slice(kept.indexOf("\n") + 1);
  return kept.includes("\n")
    ? `(${text.length - lines.length} characters before this are left out.)\n${lines}`
    : `(The answer has ${text.length} characters, more than ${longest}: name services.)`;
}

function withNotes(text: string, notes: string): string {
  return notes === "" ? text : `${text}\n\n${notes}`.trim();
}
