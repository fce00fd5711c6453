/** A line on standard error that says what goes on. */
export class Progress {
  private readonly isWatched = process.stderr.isTTY === true;
  private last = "";

  /** Takes the place of what was said before; nothing where nobody watches. */
  say(text: string): void {
    if (this.isWatched) process.stderr.write(`\r\x1b[K${text}…`);
  }

  /** The same of what may last: where nobody watches it is a line of its own, once. */
  step(text: string): void {
    if (this.isWatched) this.say(text);
    else if (text !== this.last) process.stderr.write(`${text}\n`);
    this.last = text;
  }

  end(): void {
    if (this.isWatched) process.stderr.write("\r\x1b[K");
  }
}
