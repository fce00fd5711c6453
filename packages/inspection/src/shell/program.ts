import { may } from "../finding";
import { mayBeApplet } from "./dialect";
import { effectOf } from "./programEffects";
import type { CommandContext, Run } from "./run";
import { unknownWords } from "../start/unknownWords";
import type { Value } from "./state";
import { outcome, type Outcome } from "./status";

/** A program: it is looked up, and may start others. */
export function program(words: Value[], { run, prefix }: CommandContext): Outcome {
  const { state, around } = run;
  const name = words[0]!.text;
  const texts = words.map(({ text }) => text);
  const path = prefix.get("PATH") ?? state.variables.get("PATH")?.text;
  const isFindable = name.includes("/")
    ? name.startsWith("/") || state.workingDirectory !== undefined
    : path !== undefined && path !== unknownWords;
  if (!isFindable || state.isInstalling) return unknownProgram(run);
  // What follows depends on where it is run.
  const isPlaced = state.workingDirectory !== undefined;
  const found = around.start(isPlaced ? texts : [name, ...(texts.length > 1 ? [unknownWords] : [])], state, prefix);
  const isApplet = found.length > 0 && mayBeApplet(name, around.dialect);
  if (found.length > 0 && !isApplet) {
    const isPathSure = name.includes("/") || (!prefix.has("PATH") && state.variables.get("PATH")!.isSure);
    const isProven =
      words.every(({ isSure, text }) => isSure || text === unknownWords) &&
      words[0]!.isSure &&
      isPathSure &&
      state.files !== "changed" &&
      state.isEnvironmentKnown;
    if (isProven && found.some(({ certainty }) => certainty === "dies")) return outcome("failure", found);
    run.mayLive();
    return outcome("unknown", found.map(may));
  }
  return affect(name, texts.slice(1), run);
}

function affect(name: string, args: readonly string[], run: Run): Outcome {
  const { state } = run;
  const effect = effectOf(name.split("/").at(-1)!, args);
  if (effect === "anything") return unknownProgram(run);
  if (effect === "programs") {
    state.isInstalling = true;
    return unknownProgram(run);
  }
  if (effect === "files") state.files = "changed";
  if (effect === "folders" && state.files === "as in the image") state.files = "new folders";
  return outcome("unknown");
}

function unknownProgram(run: Run): Outcome {
  run.mayLive();
  return outcome("unknown");
}
