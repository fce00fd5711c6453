/** Where a box is drawn, in pixels. */
export interface Placed {
  x: number;
  y: number;
  width: number;
}

/** A column of the drawing. */
export interface Column {
  x: number;
  width: number;
  /** Places of its boxes, from above. */
  boxes: number[];
}

/** A curve: its start, two control points, its end. */
export type Cubic = readonly [x: number, y: number, x1: number, y1: number, x2: number, y2: number, endX: number, endY: number];

/** How an edge runs, and where its arrow points: 1 to the right, -1 to the left. */
export interface Route {
  curves: Cubic[];
  tip: { x: number; y: number; direction: 1 | -1 };
}

export const boxHeight = 46;
