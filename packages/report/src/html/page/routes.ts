import { boxHeight, type Column, type Cubic, type Placed, type Route } from "./geometry";
import type { View } from "./view";

const laneHeight = 10;
/** What calls and what is called meet a box's side apart, as do the edges that lead on. */
const apart = 9;

/** Lanes above the boxes, one for each box whose edges pass over a whole column: nothing runs behind what it passes. */
export interface Lanes {
  /** Lane of each such box. */
  of: ReadonlyMap<number, number>;
  height: number;
}

/** The lanes that a view needs in its columns. */
export function lanesOf({ edges }: View, columns: readonly Column[]): Lanes {
  const columnOf = columnsByBox(columns);
  const lanes = new Map<number, number>();
  for (const edge of edges) {
    const [from, to] = leftFirst(edge, columnOf);
    if (columnOf.get(to)! - columnOf.get(from)! > 1 && !lanes.has(from)) lanes.set(from, lanes.size);
  }
  return { of: lanes, height: lanes.size * laneHeight };
}

/** Where everything stands that edges lead to and past. */
interface Placement {
  columns: readonly Column[];
  places: readonly Placed[];
  lanes: Lanes;
  /** Height of the first lane. */
  top: number;
  /** How far beside a column calls within it may reach. */
  room: number;
}

/** How each edge runs: between the columns, over them, and beside one where it connects two of its boxes. */
export function routesOf({ edges }: View, { columns, places, lanes, top, room }: Placement): Route[] {
  const columnOf = columnsByBox(columns);
  return edges.map((edge): Route => {
    const [first, last] = columnOf.get(edge[0])! === columnOf.get(edge[1])! ? edge : leftFirst(edge, columnOf);
    if (columnOf.get(first) === columnOf.get(last)) return beside(places[first]!, places[last]!, room);
    const start = [places[first]!.x + places[first]!.width, middle(places[first]!)] as const;
    const end = [places[last]!.x, middle(places[last]!)] as const;
    const passed = columns.slice(columnOf.get(first)! + 1, columnOf.get(last));
    const [before, after] = [passed[0], passed.at(-1)];
    const lane = top + lanes.of.get(first)! * laneHeight;
    const curves =
      before && after
        ? [
            curve(start, [before.x, lane]),
            curve([before.x, lane], [after.x + after.width, lane]),
            curve([after.x + after.width, lane], end),
          ]
        : [curve(start, end)];
    const [x, y] = first === edge[0] ? end : start;
    return { curves, tip: { x, y, direction: first === edge[0] ? 1 : -1 } };
  });
}

function columnsByBox(columns: readonly Column[]): Map<number, number> {
  return new Map(columns.flatMap(({ boxes }, index) => boxes.map((box) => [box, index] as const)));
}

function leftFirst([from, to]: readonly [number, number], columnOf: ReadonlyMap<number, number>): readonly [number, number] {
  return columnOf.get(from)! <= columnOf.get(to)! ? [from, to] : [to, from];
}

/** From one box to another of its column, by their right side. */
function beside(from: Placed, to: Placed, room: number): Route {
  const x = from.x + from.width;
  const [start, end] = [middle(from) + apart, middle(to) - apart];
  // A curve goes three quarters as far as its control points.
  const bend = x + Math.min((room - 10) / 0.75, 26 + Math.abs(end - start) / 4);
  return { curves: [[x, start, bend, start, bend, end, x, end]], tip: { x, y: end, direction: -1 } };
}

function curve([x, y]: readonly [number, number], [endX, endY]: readonly [number, number]): Cubic {
  const half = (x + endX) / 2;
  return [x, y, half, y, half, endY, endX, endY];
}

function middle({ y }: Placed): number {
  return y + boxHeight / 2;
}
