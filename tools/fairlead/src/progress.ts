/** A line on standard error that says what goes on; nothing where nobody watches. */
export class Progress {
  private readonly isWatched = process.stderr.isTTY === true;

  say(text: string): void {
    if (this.isWatched) process.stderr.write(`\r\x1b[K${text}…`);
  }

  end(): void {
    if (this.isWatched) process.stderr.write("\r\x1b[K");
  }
}
