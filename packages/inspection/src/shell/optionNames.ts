import { finding, may, type Finding } from "../finding";
import type { Dialect } from "./dialect";
import type { Invocation } from "./invocation";
import { unknownWords } from "../container/unknownWords";

/** Names that `set -o` of one of the shells knows. */
const known = new Set(
  (
    "allexport braceexpand debug emacs errexit errtrace functrace hashall histexpand history ignoreeof interactive interactive-comments keyword " +
    "monitor noclobber noexec noglob nolog notify nounset onecmd physical pipefail posix privileged stdin verbose vi xtrace"
  ).split(" "),
);

/**
 * An option that ends a shell before it reads anything.
 *
 * @param hasPipefail whether this very dash knows it: undefined where that is not known
 */
export function optionProblem({ optionNames }: Invocation, dialect: Dialect, hasPipefail: boolean | undefined): Finding | undefined {
  const unknown = optionNames.find((name) => name !== unknownWords && !known.has(name));
  if (unknown !== undefined)
    return finding(
      "FL2134",
      `the shell takes ${JSON.stringify(unknown.slice(0, 100))} for the name of an option: what follows #! and the shell is a single word to Linux`,
      "Write `set -euo pipefail` in a line of its own, and #!/bin/bash alone in the first.",
    );
  return dialect === "dash" && optionNames.includes("pipefail") ? noPipefail(hasPipefail) : undefined;
}

/** @param hasPipefail as for {@link optionProblem} */
export function noPipefail(hasPipefail: boolean | undefined): Finding | undefined {
  if (hasPipefail) return undefined;
  const found = finding(
    "FL2134",
    `dash${hasPipefail === false ? "" : " up to 0.5.12"} knows no option pipefail: Illegal option`,
    "Let bash run it: #!/bin/bash, and install it where it is not.",
  );
  return hasPipefail === false ? found : may(found);
}
