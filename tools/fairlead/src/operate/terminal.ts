import { createColors } from "picocolors";

import { columnsOf, drawnParts } from "./textWidth";

/** Colors where standard output is a terminal that wants them. */
export const colorsOf = (stream: { isTTY?: boolean }) =>
  createColors(!process.env.NO_COLOR && (Boolean(process.env.FORCE_COLOR) || stream.isTTY === true));

export type Colors = ReturnType<typeof createColors>;

const sequence = /(\x1b\[[0-9;]*m)/;
const isColor = (text: string) => sequence.test(text);

/** How many columns a line takes: colors take none, and some characters two. */
export function widthOf(line: string): number {
  const text = line
    .split(sequence)
    .filter((each) => !isColor(each))
    .join("");
  return /^[\x20-\x7e]*$/.test(text) ? text.length : drawnParts(text).reduce((sum, part) => sum + columnsOf(part), 0);
}

/** A line as far as there is room; its colors end with it. */
export function cutTo(line: string, columns: number): string {
  if (widthOf(line) <= columns) return line;
  let shown = "";
  let width = 0;
  for (const part of line.split(sequence).flatMap((each) => (isColor(each) ? [each] : drawnParts(each)))) {
    width += isColor(part) ? 0 : columnsOf(part);
    if (width > columns - 1) break;
    shown += part;
  }
  return `${shown}…${shown.includes("\x1b[") ? "\x1b[0m" : ""}`;
}

/** Rows in columns, each as wide as its widest cell; the last is not filled up. */
export function tableOf(rows: readonly (readonly string[])[], gap = 2): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, widthOf(cell))));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell + " ".repeat(widths[column]! - widthOf(cell) + gap)))
      .join("")
      .trimEnd(),
  );
}

const units: [seconds: number, name: string][] = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
];

/** `45 s`, `12 min`, `3 h`, `8 d` */
export function spanOf(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [size, name] = units.find(([size]) => seconds >= size) ?? [1, "s"];
  return `${Math.floor(seconds / size)} ${name}`;
}
