import { examinedCharacters, shortened } from "@fairlead/model";

const begin = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const end = /-----END [A-Z ]*PRIVATE KEY-----/;
const base64 = /^\s*[A-Za-z0-9+/=]+\s*$/;
/** Characters from which on a line of base64 is no word. */
const shortestOfKey = 24;

/**
 * What was logged, as it is looked at: each event as far as quotations go, since an event may have a megabyte, and no line of a private key. What a program
 * prints in several lines is as many events.
 */
export function logText(messages: readonly string[]): string[] {
  const texts = messages.map((message) => shortened(message, examinedCharacters));
  const keys = keyLines(texts);
  return texts.map((text, index) => (keys.has(index) ? "…" : text));
}

/** The lines between the first and the last of a private key. Either may be missing: only the last lines of a log are read. */
function keyLines(texts: readonly string[]): Set<number> {
  const keys = new Set<number>();
  const mark = (from: number, step: 1 | -1, isOfKey: (text: string) => boolean) => {
    for (let index = from; texts[index] !== undefined && isOfKey(texts[index]!); index += step) keys.add(index);
  };
  texts.forEach((text, index) => {
    // Others may write between the lines of a key that is whole.
    const last = begin.test(text) && !end.test(text) ? texts.findIndex((other, after) => after > index && end.test(other)) : -1;
    for (let inside = index + 1; inside < last; inside++) if (base64.test(texts[inside]!)) keys.add(inside);
    if (begin.test(text) && last < 0) mark(index + 1, 1, (other) => base64.test(other) && other.length >= shortestOfKey);
    if (end.test(text)) mark(index - 1, -1, (other) => base64.test(other));
  });
  return keys;
}
