/** What Compose makes of a command that is a text. */
export interface CommandWords {
  words: string[];
  /** What follows the first sign that only a shell would read, and is never run. */
  unread?: string;
}

/**
 * Words of a command as Compose splits them: quotes and backslashes, and nothing is expanded. At a `;`, `&`, `|`, `<` or `>` outside of quotes it ends,
 * as Compose starts no shell. Undefined for what it refuses: an open quote, or a parenthesis outside of quotes.
 *
 * @see https://docs.docker.com/reference/compose-file/services/#command
 */
export function commandWords(text: string): CommandWords | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: "'" | '"' | "`" | ")" | undefined;
  for (let index = 0; index < text.length; index++) {
    const letter = text[index]!;
    if (letter === "\\" && quote !== "'") {
      const next = text[++index];
      if (next === undefined) return undefined;
      word = (word ?? "") + (next === "t" ? "\t" : next === "n" ? "\n" : next);
    } else if (quote === "`" || quote === ")") {
      if (letter === quote) quote = undefined;
      word += letter;
    } else if (quote) {
      if (letter === quote) quote = undefined;
      else word += letter;
    } else if (letter === "'" || letter === '"') {
      quote = letter;
      word ??= "";
    } else if (letter === "`" || (letter === "(" && word?.endsWith("$"))) {
      quote = letter === "`" ? letter : ")";
      word = (word ?? "") + letter;
    } else if (letter === "(" || letter === ")") return undefined;
    else if (/[;&|<>]/.test(letter))
      return { words: word === undefined || (letter === ">" && /^\d/.test(word)) ? words : [...words, word], unread: text.slice(index) };
    else if (/\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + letter;
  }
  if (quote) return undefined;
  return { words: word === undefined ? words : [...words, word] };
}
