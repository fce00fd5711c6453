/** Looks for a word in what passes, wherever its parts are cut. */
export class WordSearch {
  isFound = false;
  private rest = Buffer.alloc(0);

  constructor(private readonly word: string) {}

  add(chunk: Buffer): void {
    if (this.isFound) return;
    const joined = Buffer.concat([this.rest, chunk.subarray(0, this.word.length)]);
    this.isFound = joined.includes(this.word) || chunk.includes(this.word);
    const last = chunk.length >= this.word.length ? chunk : joined;
    this.rest = Buffer.from(last.subarray(Math.max(0, last.length - this.word.length + 1)));
  }
}
