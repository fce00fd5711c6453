import { likelySecret, type LikelySecret } from "@fairlead/model";

/** A word of a command that may be a secret: `--password=…`, what stands behind `--token`, or what looks like one by itself. */
export function secretWord(words: readonly string[]): LikelySecret | undefined {
  for (const [index, word] of words.entries()) {
    const before = words[index - 1] ?? "";
    const flags = [...word.matchAll(/(?:^|\s)-{1,2}([A-Za-z][\w-]*)[=\s]+("[^"]*"|'[^']*'|\S+)/g)];
    const found =
      likelySecret(before.startsWith("-") ? before : "", word) ??
      flags.map(([, name, value]) => likelySecret(name!, value!.replaceAll(/^["']|["']$/g, ""))).find((each) => each !== undefined);
    if (found) return found;
  }
  return undefined;
}
