import { startVariableNames } from "@fairlead/model";

import { may, type Finding } from "../finding";
import { isBashAlone, mayBeApplet } from "./dialect";
import { effectOf } from "./programEffects";
import { refusalOf } from "./programRefusals";
import type { CommandContext, Run } from "./run";
import { unknownWords } from "../container/unknownWords";
import type { Value } from "./variables";
import { bashism } from "./shellSyntax";
import { outcome, type Outcome } from "./status";

/** A program: it is looked up, and may start others. */
export function program(words: Value[], { run, prefix, replacesShell = false }: CommandContext): Outcome {
  const { state, around } = run;
  const name = words[0]!.text;
  const texts = words.map(({ text }) => text);
  const path = prefix.get("PATH") ?? state.variables.get("PATH")?.text;
  const isFindable = name.includes("/")
    ? name.startsWith("/") || state.workingDirectory !== undefined
    : path !== undefined && path !== unknownWords;
  // A program that is there may look for others.
  const isAlone = path === undefined && around.find(name, state) !== undefined;
  if (!isFindable || isAlone || state.isInstalling) return unknownProgram(run);
  // What follows depends on where it is run.
  const isPlaced = state.workingDirectory !== undefined;
  const found = around.start(isPlaced ? texts : [name, ...(texts.length > 1 ? [unknownWords] : [])], state, prefix, replacesShell);
  const isApplet = found.length > 0 && mayBeApplet(name, around.dialect);
  if (found.length > 0 && !isApplet) {
    const isPathKnown = prefix.has("PATH") ? path !== unknownWords : (state.variables.get("PATH")?.isSure ?? true);
    const isPathSure = isPathKnown || isItself(found, name);
    // Who asks for a health decides what a container may have written since.
    const isAsInImage = state.files === "as in the image" || (around.container.isRunning && state.files === "new folders");
    const isProven =
      words.every(({ isSure, text }) => isSure || text === unknownWords) &&
      words[0]!.isSure &&
      isPathSure &&
      state.files !== "changed" &&
      // What was written since is no program, but may be what one is told to read.
      ((isAsInImage && isEnvironmentKnown(run, prefix)) || found.every(({ code }) => ofFiles.has(code)));
    const told = isBashAlone(name, around.dialect) ? found.map((problem) => asBashism(problem, texts)) : found;
    if (isProven && told.some(({ certainty }) => certainty === "dies")) return outcome("failure", told);
    run.mayLive();
    return outcome("unknown", told.map(may));
  }
  return affect(name, texts.slice(1), run);
}

/** Who writes `source` needs no program of that name. */
function asBashism(found: Finding, words: readonly string[]): Finding {
  if (found.code !== "FL2104") return found;
  const text = words.map((word) => (word.includes(unknownWords) ? "…" : word)).join(" ");
  return { ...bashism(`"${words[0]}"`, "dash", text.slice(0, 200)), certainty: found.certainty };
}

/** What no variable but PATH changes. */
const ofFiles = new Set<Finding["code"]>(["FL2104", "FL2105", "FL2106", "FL2107", "FL2108", "FL2109", "FL2110"]);

/** Whether a program that is named by its path is not there, or may not be executed: PATH says nothing of that. */
function isItself([first]: Finding[], name: string): boolean {
  return name.includes("/") && ["FL2104", "FL2105"].includes(first?.code ?? "") && first!.file === name;
}

/** Variables that decide nothing but where programs are found, or nothing that ends one. */
const ofOtherUse = new Set(["PATH", "HOME", "ENV", "CDPATH", "TMPDIR", "TZ"]);
const deciding = [...startVariableNames].filter((name) => !ofOtherUse.has(name));

function isEnvironmentKnown({ state }: Run, prefix: CommandContext["prefix"]): boolean {
  return deciding.every((name) => (prefix.has(name) ? prefix.get(name) !== unknownWords : state.variables.get(name)?.isSure));
}

function affect(name: string, args: readonly string[], run: Run): Outcome {
  const { state } = run;
  const own = name.split("/").at(-1)!;
  const refusal = refusalOf(own, args, run);
  const effect = effectOf(own, args);
  if (effect === "anything") return unknownProgram(run);
  if (effect === "programs") {
    state.isInstalling = true;
    return unknownProgram(run);
  }
  if (effect === "files") state.files = "changed";
  if (effect === "folders" && state.files === "as in the image") state.files = "new folders";
  return outcome("unknown", refusal && [refusal]);
}

function unknownProgram(run: Run): Outcome {
  run.mayLive();
  return outcome("unknown");
}
