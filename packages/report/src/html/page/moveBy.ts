import type { Placed } from "./geometry";

/** How much farther a box counts that stands aside of where an arrow points. */
const aside = 3;

/** Lets arrow keys go from box to box, each to the nearest in its direction; the tabulator key then comes back to the one that was left. */
export function moveBy(whole: HTMLElement, boxes: readonly HTMLElement[], places: readonly Placed[]): void {
  const reachable = [...boxes.keys()].filter((index) => boxes[index] instanceof HTMLButtonElement);
  if (reachable[0] === undefined) return;
  let current = reachable.reduce((best, index) => (places[index]!.y < places[best]!.y ? index : best), reachable[0]);
  boxes[current]!.tabIndex = 0;
  whole.addEventListener("focusin", ({ target }) => {
    const focused = boxes.indexOf(target as HTMLElement);
    if (focused < 0) return;
    boxes[current]!.tabIndex = -1;
    current = focused;
    boxes[current]!.tabIndex = 0;
  });
  whole.addEventListener("keydown", (event) => {
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!direction) return;
    event.preventDefault();
    const next = nearest(reachable, places, current, direction as [number, number]);
    if (next !== undefined) boxes[next]!.focus();
  });
}

function nearest(
  reachable: readonly number[],
  places: readonly Placed[],
  from: number,
  [right, down]: [number, number],
): number | undefined {
  const centre = ({ x, y, width }: Placed) => [x + width / 2, y] as const;
  const [x, y] = centre(places[from]!);
  let best: { index: number; distance: number } | undefined;
  for (const index of reachable) {
    const [otherX, otherY] = centre(places[index]!);
    const ahead = (otherX - x) * right + (otherY - y) * down;
    const beside = Math.abs(right === 0 ? otherX - x : otherY - y);
    const distance = ahead + aside * beside;
    if (ahead > 0 && (best === undefined || distance < best.distance)) best = { index, distance };
  }
  return best?.index;
}
