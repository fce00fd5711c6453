import type { ReadStream, WriteStream } from "node:tty";

import { cutTo } from "./terminal";

const enter = "\x1b[?1049h\x1b[?25l";
const leave = "\x1b[?25h\x1b[?1049l";
/** Terminals that know it show what is between at once; others ignore it. */
const atOnce = (text: string) => `\x1b[?2026h${text}\x1b[?2026l`;

/** What ends a view: `q`, Ctrl-C and Ctrl-D, which a terminal in raw mode hands over as characters. */
const endings = new Set(["q", "\x03", "\x04"]);

/**
 * A view of the whole terminal, drawn over itself: nothing is cleared before it is drawn, so that nothing flickers. However the process ends,
 * but for SIGKILL, the terminal is as it was.
 */
export class FullScreen {
  private lines: string[] = [];
  private isShown = false;
  private readonly redraw = () => this.draw(this.lines);
  private readonly restore = () => this.close();
  private readonly end = (signal: NodeJS.Signals) => {
    this.close();
    // Others see that a signal ended the process, as they would without the view.
    process.kill(process.pid, signal);
  };
  private readonly read = (typed: Buffer) => {
    if ([...typed.toString()].some((character) => endings.has(character))) this.ended();
  };

  /** @param ended is told when somebody wants no more of it */
  constructor(
    private readonly ended: () => void,
    private readonly output: WriteStream = process.stdout,
    private readonly input: ReadStream = process.stdin,
  ) {}

  open(): void {
    this.isShown = true;
    this.output.write(enter);
    this.output.on("resize", this.redraw);
    process.once("exit", this.restore);
    for (const signal of ["SIGTERM", "SIGHUP", "SIGINT"] as const) process.once(signal, this.end);
    if (!this.input.isTTY) return;
    this.input.setRawMode(true);
    this.input.on("data", this.read).resume();
  }

  /** Draws lines from the top; the last one that there is room for says how many there is none for, but where it is the first. */
  draw(lines: string[]): void {
    this.lines = lines;
    if (!this.isShown) return;
    // A terminal without a size says 0.
    const [columns, rows] = [this.output.columns || 80, this.output.rows || 24];
    const room = Math.max(1, rows - 1);
    const isAll = lines.length <= room || room === 1;
    const shown = isAll ? lines.slice(0, room) : [...lines.slice(0, room - 1), `… ${lines.length - room + 1} lines more`];
    const drawn = shown.map((line) => `${cutTo(line, columns)}\x1b[K`).join("\r\n");
    // The end of a line in the last row would scroll.
    this.output.write(atOnce(`\x1b[H${drawn}${rows > 1 && shown.length > 0 ? "\r\n" : ""}\x1b[J`));
  }

  close(): void {
    if (!this.isShown) return;
    this.isShown = false;
    this.output.off("resize", this.redraw);
    process.off("exit", this.restore);
    for (const signal of ["SIGTERM", "SIGHUP", "SIGINT"] as const) process.off(signal, this.end);
    if (this.input.isTTY) {
      this.input.off("data", this.read).pause();
      this.input.setRawMode(false);
    }
    this.output.write(leave);
  }
}
