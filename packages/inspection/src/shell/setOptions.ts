import { noPipefail } from "./optionNames";
import type { CommandContext, Run } from "./run";
import { unknownWords } from "../container/unknownWords";
import { carriageReturns } from "./shellSyntax";
import type { State } from "./state";
import type { Value } from "./variables";
import { outcome, type Outcome } from "./status";

const byLetter = new Map<string, "errexit" | "nounset">([
  ["e", "errexit"],
  ["u", "nounset"],
]);
/** Change nothing of which program is run, and whether. */
const harmless = new Set([
  "allexport",
  "emacs",
  "monitor",
  "noclobber",
  "noglob",
  "notify",
  "verbose",
  "vi",
  "xtrace",
  "errtrace",
  "functrace",
]);
const harmlessLetters = "abCEfhmTvx";

/** `set -euo pipefail`, `set -- "$@"`. */
export function setOptions(args: Value[], { run }: CommandContext): Outcome {
  const rest = [...args];
  if (args.length === 0) return outcome("success");
  while (rest.length > 0) {
    const { text, isSure } = rest[0]!;
    if (text === unknownWords || !isSure) return run.anything();
    if (text === "--" || text === "-") {
      rest.shift();
      return setPositional(rest, run.state);
    }
    if (!/^[-+]./.test(text)) return setPositional(rest, run.state);
    rest.shift();
    for (const letter of text.slice(1)) {
      const name = letter === "o" ? rest.shift()?.text : byLetter.get(letter);
      if (name === "errexit" || name === "nounset") run.state[name] = text.startsWith("-");
      else if (name === "pipefail") {
        // Older shells end here.
        const problem = run.around.dialect === "dash" ? noPipefail(run.around.hasPipefail) : undefined;
        if (problem?.certainty === "dies") return run.end("failure", [problem]);
        if (problem) run.mayEnd("failure", [problem]);
        else if (run.around.dialect !== "bash" && !run.around.hasPipefail) run.endings.failure = true;
        run.state.pipefail = text.startsWith("-");
      } else if (letter === "\r") return carriageReturn(text, run);
      else if (!(name ? harmless.has(name) : harmlessLetters.includes(letter))) return run.anything();
    }
  }
  return outcome("success");
}

/** An option that there is not: shells end, but for bash, which sets none of them. */
function carriageReturn(text: string, run: Run): Outcome {
  const problem = carriageReturns(`its lines end with carriage returns, and set knows no option "${text}"`);
  return run.around.dialect === "bash" ? outcome("failure", [problem]) : run.end("failure", [problem]);
}

function setPositional(values: Value[], state: State): Outcome {
  state.positional = values.some(({ text }) => text === unknownWords) ? undefined : values;
  return outcome("success");
}
