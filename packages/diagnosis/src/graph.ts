import type { Series } from "./gather/gathered";

const bars = "▁▂▃▄▅▆▇█";
/** Values that fit into a line. */
const most = 60;

/** A metric as a line of text: its last values as bars, the least and the most, and an alarm's threshold. */
export function graphOf({ points, unit }: Series, threshold?: number): string {
  const values = points.slice(-most).map(({ value }) => value);
  const [least, top] = [Math.min(...values), Math.max(...values, threshold ?? -Infinity)];
  const bar = (value: number) => bars[top === least ? 0 : Math.round(((value - least) / (top - least)) * (bars.length - 1))];
  const limit = threshold === undefined ? "" : `, threshold ${round(threshold)}${unit}`;
  return `${values.map(bar).join("")} ${round(least)} to ${round(Math.max(...values))}${unit}${limit}`;
}

const round = (value: number) => Number(value.toPrecision(3));
