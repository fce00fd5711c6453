import { EventEmitter } from "node:events";
import type { ReadStream, WriteStream } from "node:tty";

import { FullScreen } from "../src/operate/fullScreen";
import { cutTo, tableOf, widthOf } from "../src/operate/terminal";

class Screen extends EventEmitter {
  written = "";
  columns = 20;
  rows = 5;
  write(text: string): boolean {
    this.written += text;
    return true;
  }
}

class Keyboard extends EventEmitter {
  isTTY = true;
  isRaw = false;
  setRawMode(raw: boolean): this {
    this.isRaw = raw;
    return this;
  }
  resume(): this {
    return this;
  }
  pause(): this {
    return this;
  }
}

function opened() {
  const [screen, keyboard, ended] = [new Screen(), new Keyboard(), jest.fn()];
  const view = new FullScreen(ended, screen as unknown as WriteStream, keyboard as unknown as ReadStream);
  view.open();
  return { screen, keyboard, ended, view };
}

test("a view draws over itself in one piece, without clearing before", () => {
  const { screen, view } = opened();
  screen.written = "";
  view.draw(["a", "b"]);
  expect(screen.written).toBe("\x1b[?2026h\x1b[Ha\x1b[K\r\nb\x1b[K\r\n\x1b[J\x1b[?2026l");
  view.close();
});

test("lines that there is no room for are counted, and long ones cut", () => {
  const { screen, view } = opened();
  screen.written = "";
  view.draw(["1".repeat(30), "2", "3", "4", "5"]);
  expect(screen.written).toContain(`${"1".repeat(19)}…\x1b[K`);
  expect(screen.written).toContain("3\x1b[K\r\n… 2 lines more\x1b[K\r\n\x1b[J");
  view.close();
});

test.each([
  [1, "\x1b[H1\x1b[K\x1b[J"],
  [2, "\x1b[H1\x1b[K\r\n\x1b[J"],
  [3, "\x1b[H1\x1b[K\r\n… 2 lines more\x1b[K\r\n\x1b[J"],
])("a terminal of %d rows is never scrolled", (rows, drawn) => {
  const { screen, view } = opened();
  Object.assign(screen, { rows, written: "" });
  view.draw(["1", "2", "3"]);
  expect(screen.written).toContain(drawn);
  view.close();
});

test("a terminal that says no size is taken for one of 80 × 24", () => {
  const { screen, view } = opened();
  Object.assign(screen, { rows: 0, columns: 0, written: "" });
  view.draw(Array.from({ length: 30 }, (_, index) => `line ${index}`));
  expect(screen.written).toMatch(/\x1b\[Hline 0\x1b\[K\r\n.*line 21\x1b\[K\r\n… 8 lines more\x1b\[K\r\n\x1b\[J/s);
  view.close();
});

test("wide characters take two columns, and what combines none", () => {
  expect(["日本語", "ｆｕｌｌ", "한글", "🔥", "👩‍💻", "☁️", "é", "e\u0301", "✓ ↻ ✗", "\x1b[31m日\x1b[39m", "a\u200bb"].map(widthOf)).toEqual([
    6, 8, 4, 2, 2, 2, 1, 1, 5, 2, 2,
  ]);
  expect([cutTo("日本語", 6), cutTo("日本語", 5), cutTo("日本語", 4), cutTo("a👩‍💻b", 3), cutTo("日本", 1), cutTo("日本", 0)]).toEqual([
    "日本語",
    "日本…",
    "日…",
    "a…",
    "…",
    "…",
  ]);
  expect(
    tableOf([
      ["日本", "x"],
      ["abcd", "y"],
    ]),
  ).toEqual(["日本  x", "abcd  y"]);
});

test("another size of the terminal draws anew", () => {
  const { screen, view } = opened();
  view.draw(["abcdef"]);
  screen.columns = 3;
  screen.written = "";
  screen.emit("resize");
  expect(screen.written).toContain("ab…");
  view.close();
});

test("it ends by q and Ctrl-C, and the terminal is as it was", () => {
  const listeners = () => [process.listenerCount("exit"), process.listenerCount("SIGTERM"), process.listenerCount("SIGINT")];
  const before = listeners();
  const { screen, keyboard, ended, view } = opened();
  expect([screen.written, keyboard.isRaw]).toEqual(["\x1b[?1049h\x1b[?25l", true]);
  keyboard.emit("data", Buffer.from("x"));
  expect(ended).toHaveBeenCalledTimes(0);
  keyboard.emit("data", Buffer.from("q"));
  keyboard.emit("data", Buffer.from("\x03"));
  expect(ended).toHaveBeenCalledTimes(2);
  view.close();
  view.close();
  expect(screen.written.endsWith("\x1b[?25h\x1b[?1049l")).toBe(true);
  expect(screen.written.split("\x1b[?1049l")).toHaveLength(2);
  expect([keyboard.isRaw, keyboard.listenerCount("data"), ...listeners()]).toEqual([false, 0, ...before]);
  screen.written = "";
  view.draw(["late"]);
  expect(screen.written).toBe("");
});

test("a process that ends in the middle leaves the terminal as it was", () => {
  const { screen, view } = opened();
  const [last] = process.listeners("exit").slice(-1);
  last!.call(process, 0);
  expect(screen.written.endsWith("\x1b[?25h\x1b[?1049l")).toBe(true);
  view.close();
});

test("colors take no room, and end where a line is cut", () => {
  const red = "\x1b[31mabcdef\x1b[39m";
  expect(widthOf(red)).toBe(6);
  expect(cutTo(red, 6)).toBe(red);
  expect(cutTo(red, 4)).toBe("\x1b[31mabc…\x1b[0m");
  expect(
    tableOf([
      [red, "x"],
      ["a", ""],
    ]),
  ).toEqual([`${red}  x`, "a"]);
});
