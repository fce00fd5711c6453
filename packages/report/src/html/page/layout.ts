import { byGravity } from "@fairlead/changes/gravity";

import { boxHeight, type Column, type Placed, type Route } from "./geometry";
import { captionOf } from "./captions";
import { lanesOf, routesOf } from "./routes";
import type { View, ViewBox } from "./view";

/** A drawing in pixels, to be shown as large as it is. */
export interface Layout {
  places: Placed[];
  /** Of each edge, in the order of the view. */
  routes: Route[];
  width: number;
  height: number;
}

/** What there is to draw on, and how wide texts are there. */
export interface Canvas {
  width: number;
  height: number;
  /** Width of a name, and of what stands below it. */
  nameWidth(text: string): number;
  captionWidth(text: string): number;
}

const rowGap = 12;
const margin = 14;
const [leastGap, mostGap] = [48, 130];
/** Calls between boxes of one column pass at its right side: this much room is enough for them. */
const callsRoom = 80;
const [leastWidth, mostWidth] = [70, 252];
/** What a box has beside its text. */
const padding = 38;
const sweeps = 6;

const kinds: ViewBox["kind"][] = ["internet", "edge", "loadBalancer", "service", "data"];

/**
 * Places boxes in the columns in which a request passes them, as many below each other as there are: the width is bounded, so that all of it can be
 * shown in the size of text, and read by going down. What changes stands at the top.
 *
 * @param canvas the gaps between columns take what is left of its width; where all fits its height, short columns stand in the middle
 */
export function layOut(view: View, canvas: Canvas): Layout {
  const { boxes, edges } = view;
  const ordered = orderedColumns(view);
  const widths = ordered.map((column) =>
    widthOf(
      column.map((index) => boxes[index]!),
      canvas,
    ),
  );
  const last = ordered.at(-1) ?? [];
  const beside = edges.some(([from, to]) => last.includes(from) && last.includes(to)) ? callsRoom : 0;
  const free = canvas.width - 2 * margin - beside - widths.reduce((sum, width) => sum + width, 0);
  const gap = Math.max(leastGap, Math.min(mostGap, free / Math.max(1, ordered.length - 1)));
  let x = margin;
  const columns = ordered.map((column, index): Column => {
    const made = { x, width: widths[index]!, boxes: column };
    x += widths[index]! + gap;
    return made;
  });
  const width = x - gap + beside + margin;
  const lanes = lanesOf(view, columns);
  const rows = Math.max(1, ...ordered.map(({ length }) => length));
  const pitch = boxHeight + rowGap;
  const places: Placed[] = boxes.map(() => ({ x: 0, y: 0, width: 0 }));
  const height = 2 * margin + lanes.height + rows * pitch - rowGap;
  for (const column of columns) {
    // Of what does not fit the beginning is seen first, so everything begins there.
    const above = height > canvas.height ? 0 : ((rows - column.boxes.length) * pitch) / 2;
    column.boxes.forEach((index, row) => {
      places[index] = { x: column.x, y: margin + lanes.height + above + row * pitch, width: column.width };
    });
  }
  const routes = routesOf(view, { columns, places, lanes, top: margin, room: Math.min(callsRoom, beside || gap) });
  return { places, routes, width, height };
}

function widthOf(boxes: ViewBox[], { nameWidth, captionWidth }: Canvas): number {
  const longest = Math.max(...boxes.map((box) => Math.max(nameWidth(box.name), captionWidth(captionOf(box)))));
  return Math.max(leastWidth, Math.min(mostWidth, Math.ceil(longest) + padding));
}

/** The columns that have boxes: the gravest first, and beside what they are connected with. */
function orderedColumns({ boxes, edges }: View): number[][] {
  const neighbours: number[][] = boxes.map(() => []);
  for (const [from, to] of edges) {
    neighbours[from]!.push(to);
    neighbours[to]!.push(from);
  }
  const columns = kinds
    .map((kind) => [...boxes.keys()].filter((index) => boxes[index]!.kind === kind))
    .filter(({ length }) => length > 0)
    .map((column) => column.sort((a, b) => byGravity(boxes[a]!.operation, boxes[b]!.operation) || byName(boxes[a]!, boxes[b]!)));
  // Between 0 and 1, so that a short column compares with a long one.
  const heights = boxes.map(() => 0.5);
  const measure = (column: number[]) => column.forEach((index, row) => (heights[index] = (row + 0.5) / column.length));
  columns.forEach(measure);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const column of columns) {
      const wished = new Map(column.map((index) => [index, mean(neighbours[index]!.map((other) => heights[other]!)) ?? heights[index]!]));
      column.sort(
        (a, b) => byGravity(boxes[a]!.operation, boxes[b]!.operation) || wished.get(a)! - wished.get(b)! || byName(boxes[a]!, boxes[b]!),
      );
      measure(column);
    }
  }
  return columns;
}

function byName(a: ViewBox, b: ViewBox): number {
  return a.name < b.name ? -1 : 1;
}

function mean(values: number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
