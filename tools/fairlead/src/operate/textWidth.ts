const segments = new Intl.Segmenter();
/** What takes no column by itself: marks that combine, joiners, selectors. */
const none = /^[\p{Mn}\p{Me}\p{Cf}]*$/u;
/**
 * What terminals draw in two columns: East Asian wide and full-width characters, and emoji.
 *
 * @see https://www.unicode.org/reports/tr11/
 */
const wide =
  /^(?:[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18DFF}\u{1AFF0}-\u{1B2FF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F)/u;

/** What is drawn as one: a character with what combines with it. */
export function drawnParts(text: string): string[] {
  return [...segments.segment(text)].map(({ segment }) => segment);
}

/** Columns that such a part takes. */
export function columnsOf(part: string): number {
  if (wide.test(part)) return 2;
  return none.test(part) ? 0 : 1;
}
