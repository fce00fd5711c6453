import { distance } from "fastest-levenshtein";

/** The candidate that a word which means nothing by itself most likely meant, if any is near enough: a slip of the pen, or its beginning. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  if (best && best.edits <= Math.max(2, Math.floor(word.length / 3))) return best.candidate;
  return word.length < 3 ? undefined : ranked.find(({ candidate }) => candidate.toLowerCase().startsWith(word.toLowerCase()))?.candidate;
}

/** The candidate of which a word can only be a misspelling: one or two letters off. Stricter than {@link closest}, for words that may mean something else. */
export function misspelt(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.includes(word)) return undefined;
  return candidates.find((candidate) => candidate.length > 4 && distance(word.toLowerCase(), candidate.toLowerCase()) <= 2);
}
