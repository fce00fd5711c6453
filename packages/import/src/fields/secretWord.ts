import { likelySecret, type LikelySecret } from "@fairlead/model";

import type { Claimed } from "./field";

/** `--password=…`, `-token …` and `NAME=…`, with the name and the value. */
const named = /(?:^|\s)(?:-{1,2}(?<flag>[A-Za-z][\w-]*)[=\s]+|(?<variable>[A-Za-z_]\w*)=)(?<value>"[^"]*"|'[^']*'|\S+)/g;

/** Passwords whose flag does not say so, by the program that takes them. */
const passwords: readonly RegExp[] = [
  /--(?:requirepass|masterauth)[=\s]+(?<value>\S+)/g,
  /\bredis-cli\s(?:[^|&;]*\s)?-a\s+(?<value>\S+)/g,
  /\b(?:mysql|mariadb)[\w-]*\s(?:[^|&;]*\s)?-p(?<value>\S+)/g,
  /\bcurl\s(?:[^|&;]*\s)?(?:-u|--user)[=\s]*[^\s:]+:(?<value>\S+)/g,
  /\bsshpass\s+-p\s*(?<value>\S+)/g,
  /\b(?:authorization:\s*(?:bearer|basic)|x-api-key:)\s*(?<value>\S+)/gi,
];

/**
 * A word of a command that may be a secret: `--password=…`, what stands behind `--token`, `PGPASSWORD=…` before a program, a password whose flag
 * only its program knows, or what looks like a secret by itself.
 */
export function secretWord(words: readonly string[]): LikelySecret | undefined {
  for (const [index, word] of words.entries()) {
    const before = words[index - 1] ?? "";
    const found = likelySecret(before.startsWith("-") ? before : "", word) ?? namedSecret(word);
    if (found) return found;
  }
  const line = words.join(" ");
  return first(
    [...passwords.flatMap((pattern) => [...line.matchAll(pattern)])].map(({ groups }) => likelySecret("PASSWORD", bare(groups!.value!))),
  );
}

function namedSecret(word: string): LikelySecret | undefined {
  return first(
    [...word.matchAll(named)].map(({ groups }) => {
      const { flag, variable, value } = groups!;
      // libpq's names have no underscore after PG.
      return likelySecret((flag ?? variable)!.replace(/^PG(?=[A-Z])/, "PG_"), bare(value!));
    }),
  );
}

const bare = (value: string) => value.replaceAll(/^["']|["']$/g, "");
const first = (found: readonly (LikelySecret | undefined)[]) => found.find((each) => each !== undefined);

/** What is said of a value that may be a secret, and so stands in nothing that is written. @param what how the value is called @param instead what to do */
export function withheld({ certainty, what }: LikelySecret, name: "It" | "A word of it", instead: string): Claimed {
  return {
    outcome: "decide",
    text: `${name} ${certainty === "sure" ? "is" : "may be"} a secret (${what}), and was not taken over: ${instead} What is in the source is known to whoever reads it: issue a new one.`,
  };
}

/** What to do instead, by where the secret stood. */
export const secretInstead = {
  command: "give the program that value as a variable, under secrets, and write the command without it.",
  check: "write the check without it.",
  label: "labels are open to whoever may read the task definition.",
  logOption: "options of the log router can't be secrets: route to a destination that permissions open, such as a Firehose.",
} as const;
