import { finding, may, type Finding } from "../finding";
import type { Invocation } from "./invocation";
import type { ShellText } from "./parse";
import type { Endings } from "./run";
import type { ShellRun } from "./shellRun";
import { carriageReturns } from "./shellSyntax";

/** What is to be said of a text that was followed to its end. */
export function verdict(run: ShellRun, text: ShellText, invocation: Invocation): Finding[] {
  const { endings, told } = run;
  const proof = endings.problems.find(({ certainty }) => certainty === "dies");
  if (proof && !endings.success && !endings.lives) return [explained(proof)];
  if (endings.failure && !endings.success && !endings.lives) return [endsItself(endings)];
  return told.length > 0 ? [may(explained(told[0]!))] : endsAtOnce(run, text, invocation);
}

/** What a program is called that nobody can see. */
function explained(found: Finding): Finding {
  if (!found.file?.endsWith("\r") && !found.problem.includes("\r")) return found;
  return { ...carriageReturns(`its lines end with carriage returns, and ${found.problem}`), file: undefined };
}

/** Nothing keeps it from being run; it says no by itself. */
function endsItself({ by }: Endings): Finding {
  const where = by === undefined ? "" : `, as here by: ${by}`;
  return finding(
    "FL2154",
    `the shell ends with an error, whichever way its text takes${where}`,
    "Provide what it asks for, or correct the text. `sh -x` shows the way that it takes.",
  );
}

/** It leaves nothing running, though it is plain that something should. */
function endsAtOnce({ endings, hasBackground }: ShellRun, { text }: ShellText, { file, name, positional }: Invocation): Finding[] {
  // `ENTRYPOINT ["sh", "-c"]` before `CMD ["node", "server.js"]`.
  if (file === undefined && name !== undefined && !/^--?$/.test(name) && /^[\w./-]+$/.test(text))
    return [
      ends(
        `the shell runs "${text}" alone: what follows (${[name, ...positional].slice(0, 3).join(" ")}) is $0 and $1 to it`,
        "Give the shell a single text, or leave it out.",
      ),
    ];
  if (endings.lives) return [];
  if (hasBackground)
    return [ends("the shell puts its program into the background and ends", "Begin the last line with exec, and leave the & out.")];
  const isForgotten = file !== undefined && positional.length > 0 && !/[$][{]?[@*1#]|shift/.test(text);
  if (!isForgotten) return [];
  return [ends(`it ends without running the command that it is given (${positional.slice(0, 4).join(" ")})`, 'End it with: exec "$@"')];
}

function ends(problem: string, fix: string): Finding {
  return may(finding("FL2153", problem, fix));
}
