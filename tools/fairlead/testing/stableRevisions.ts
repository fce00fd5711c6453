/** A text in which commits, which have other names in each run, have the same ones. */
export function withStableRevisions(text: string): string {
  const known = new Map<string, string>();
  return text.replace(/(?<![\w/])[0-9a-f]{7}(?:[0-9a-f]{5})?(?!\w)/g, (revision) => {
    const short = revision.slice(0, 7);
    if (!known.has(short)) known.set(short, `${known.size + 1}`.repeat(12));
    return known.get(short)!.slice(0, revision.length);
  });
}
