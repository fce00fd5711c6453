import type { PageStack } from "../pageData";
import { captionOf, kindOf } from "./captions";
import { drawn, element } from "./elements";
import { boxHeight, type Route } from "./geometry";
import { layOut, type Canvas } from "./layout";
import { moveBy } from "./moveBy";
import type { View } from "./view";

/** The picture of a view. */
export interface Diagram {
  element: HTMLElement;
  /** Shows a part among the others, and what leads to and from it. */
  choose(area: number | undefined): void;
}

/** More lines than these say something only one by one. */
const mostLines = 150;

/**
 * Draws a view: boxes are buttons, which the keyboard reaches as well, in the size of text.
 *
 * @param canvas what there is to draw on
 * @param onChoose a part was chosen
 * @param onUnfold services of an owner are to be shown one by one
 */
export function draw(
  { nodes }: PageStack,
  view: View,
  canvas: Canvas,
  onChoose: (area: number) => void,
  onUnfold: (owner: string) => void,
): Diagram {
  const layout = layOut(view, canvas);
  const ways = layout.routes.map((route, index) => {
    const isFolded = view.edges[index]!.every((place) => view.boxes[place]!.foldedOwner !== undefined);
    return drawn("path", { d: pathOf(route), class: `way${isFolded ? " between" : ""}` });
  });
  const lines = drawn("svg", { width: layout.width, height: layout.height, "aria-hidden": "true" }, ...ways);
  const boxes = view.boxes.map((box, index) => {
    const { x, y, width: own } = layout.places[index]!;
    const texts = [
      element("span", { class: "label" }, box.name),
      element("span", { class: "kind" }, captionOf(box)),
      element("span", { class: "spoken" }, spokenOf(view, index)),
    ];
    const style = `left:${x}px;top:${y}px;width:${own}px;height:${boxHeight}px`;
    const shape = { class: `node ${box.kind} ${box.operation}${box.foldedOwner === undefined ? "" : " folded"}`, style, title: box.name };
    // The internet is nobody's part: there is nothing to show of it.
    if (box.kind === "internet") return element("div", shape, ...texts);
    const button = element("button", { ...shape, type: "button", tabindex: "-1" }, ...texts);
    const { foldedOwner } = box;
    button.addEventListener("click", () => (foldedOwner === undefined ? onChoose(nodes[box.nodes[0]!]!.area) : onUnfold(foldedOwner)));
    return button;
  });
  const inside = element("div", { class: "drawing", style: `width:${layout.width}px;height:${layout.height}px` }, lines, ...boxes);
  const label = "The way of requests. Arrow keys go from box to box.";
  const whole = element(
    "div",
    { class: `diagram${view.edges.length > mostLines ? " dense" : ""}`, role: "group", "aria-label": label },
    inside,
  );
  moveBy(whole, boxes, layout.places);

  const mark = (name: string, isMarked: (box: number) => boolean) =>
    view.edges.forEach(([from, to], index) => ways[index]!.classList.toggle(name, isMarked(from) || isMarked(to)));
  for (const type of ["pointerover", "focusin"] as const)
    whole.addEventListener(type, ({ target }) => {
      const place = boxes.findIndex((box) => box.contains(target as Node));
      mark("pointed", (box) => box === place);
    });
  for (const type of ["pointerleave", "focusout"] as const) whole.addEventListener(type, () => mark("pointed", () => false));
  const choose = (area: number | undefined) => {
    const chosen = new Set(
      view.boxes.flatMap(({ nodes: own }, index) => (area !== undefined && own.some((node) => nodes[node]!.area === area) ? [index] : [])),
    );
    boxes.forEach((box, index) => box.classList.toggle("chosen", chosen.has(index)));
    mark("near", (box) => chosen.has(box));
    whole.classList.toggle("has-choice", chosen.size > 0);
    const [first] = chosen;
    if (first !== undefined) boxes[first]!.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  return { element: whole, choose };
}

/** What those who see the picture see by its lines. */
function spokenOf({ boxes, edges }: View, index: number): string {
  const named = (places: number[]) => places.map((place) => boxes[place]!.name).join(", ");
  const callers = named(edges.flatMap(([from, to]) => (to === index ? [from] : [])));
  const called = named(edges.flatMap(([from, to]) => (from === index ? [to] : [])));
  return [kindOf(boxes[index]!), callers && `is asked by ${callers}`, called && `asks ${called}`].filter(Boolean).join("; ");
}

function pathOf({ curves, tip: { x, y, direction } }: Route): string {
  const [startX, startY] = curves[0]!;
  const parts = curves.map(([, , ...rest]) => `C${rest.join(" ")}`);
  return `M${startX} ${startY}${parts.join("")}M${x - 6 * direction} ${y - 4}L${x} ${y}L${x - 6 * direction} ${y + 4}`;
}
