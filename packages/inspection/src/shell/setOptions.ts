import type { CommandContext } from "./run";
import { unknownWords } from "../start/unknownWords";
import type { State, Value } from "./state";
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
        if (run.around.dialect !== "bash") run.endings.failure = true;
        run.state.pipefail = text.startsWith("-");
      } else if (!(name ? harmless.has(name) : harmlessLetters.includes(letter))) return run.anything();
    }
  }
  return outcome("success");
}

function setPositional(values: Value[], state: State): Outcome {
  state.positional = values.some(({ text }) => text === unknownWords) ? undefined : values;
  return outcome("success");
}
