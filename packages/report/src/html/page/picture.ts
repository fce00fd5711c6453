import type { PageStack } from "../pageData";
import { draw, type Diagram } from "./diagram";
import { element } from "./elements";
import { scopesOf, viewOf, type Scope } from "./view";

/** The picture of a stack, with the choice of how much of it is drawn. */
export interface Picture {
  element: HTMLElement;
  /** Shows a part among the others. */
  choose(area: number | undefined): void;
  /** Draws what a search found and what stands beside it; undefined where nothing is searched. */
  find(areas: ReadonlySet<number> | undefined): void;
}

const scopeNames: Record<Scope, string> = { changes: "What changes", overview: "Overview", everything: "Everything" };

/** Makes the picture of a stack. It is drawn once its width is known. */
export function makePicture(stack: PageStack, onChoose: (area: number) => void): Picture {
  const scopes = scopesOf(stack);
  const unfolded = new Set<string>();
  let [scope, width] = [scopes[0]!, 0];
  let found: ReadonlySet<number> | undefined;
  let chosen: number | undefined;
  let diagram: Diagram | undefined;
  const switches = scopes.map((name) => {
    const button = element("button", { type: "button" }, scopeNames[name]);
    button.addEventListener("click", () => {
      scope = name;
      unfolded.clear();
      redraw();
    });
    return button;
  });
  const count = element("span", { class: "count", role: "status" });
  const bar = element("figcaption", { class: "scopes" }, ...(scopes.length > 1 ? switches : []), count);
  bar.hidden = stack.nodes.length <= 1;
  const place = element("div", { class: "place" });
  const figure = element("figure", {}, bar, place);

  const redraw = () => {
    if (width === 0) return;
    const nodes = found && new Set(stack.nodes.flatMap(({ area }, index) => (found!.has(area) ? [index] : [])));
    const canvas = { width, height: heightOf(figure, place), nameWidth: measured("600 13px"), captionWidth: measured("12px") };
    const view = viewOf(stack, scope, nodes, unfolded);
    switches.forEach((button, index) => button.setAttribute("aria-pressed", String(found === undefined && scopes[index] === scope)));
    count.textContent = countOf(
      view.boxes.reduce((sum, { nodes: own }) => sum + own.length, 0),
      stack.nodes.length,
      view.boxes.length,
    );
    diagram = draw(stack, view, canvas, onChoose, (owner) => {
      unfolded.add(owner);
      redraw();
      figure.querySelector<HTMLElement>('.diagram button[tabindex="0"]')?.focus();
    });
    place.replaceChildren(
      stack.nodes.length > 1 && view.boxes.length > 0 ? diagram.element : element("p", { class: "none" }, noneOf(stack)),
    );
    diagram.choose(chosen);
  };
  new ResizeObserver(([entry]) => {
    const now = Math.floor(entry!.contentRect.width);
    if (now === width) return;
    width = now;
    redraw();
  }).observe(place);
  return {
    element: figure,
    choose: (area) => {
      chosen = area;
      diagram?.choose(area);
    },
    find: (areas) => {
      found = areas;
      redraw();
    },
  };
}

/** Height that the picture may take: where the page gives it a most, it is as high as it must be. */
function heightOf(figure: HTMLElement, place: HTMLElement): number {
  const most = parseFloat(getComputedStyle(figure).maxHeight);
  return Number.isNaN(most) ? place.clientHeight : most - (figure.clientHeight - place.clientHeight);
}

const context = document.createElement("canvas").getContext("2d")!;

/** Widths of texts in a size of the page's font. */
function measured(size: string): (text: string) => number {
  const font = `${size} ${getComputedStyle(document.body).fontFamily}`;
  return (text) => {
    context.font = font;
    return context.measureText(text).width;
  };
}

/** `12 of 304 parts, in 9 boxes` */
function countOf(shown: number, all: number, boxes: number): string {
  if (all <= 1) return "";
  const parts = shown === all ? `${all} parts` : `${shown} of ${all} parts`;
  return boxes === shown ? parts : `${parts}, in ${boxes} ${boxes === 1 ? "box" : "boxes"}`;
}

function noneOf({ nodes }: PageStack): string {
  return nodes.length > 1 ? "Nothing that was found is on the way of requests." : "Nothing in this stack answers requests.";
}
