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

  /** Draws lines from the top; the last one that there is room for says how many there is none for. */
  draw(lines: string[]): void {
    this.lines = lines;
    if (!this.isShown) return;
    const { columns = 80, rows = 24 } = this.output;
    const room = rows - 1;
    const shown = lines.length > room ? [...lines.slice(0, room - 1), `… ${lines.length - room + 1} lines more`] : lines;
    this.output.write(atOnce(`\x1b[H${shown.map((line) => `${cutTo(line, columns)}\x1b[K\r\n`).join("")}\x1b[J`));
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
