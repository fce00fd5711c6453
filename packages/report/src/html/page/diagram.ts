import { select } from "d3-selection";
import { zoom, zoomIdentity, type D3ZoomEvent } from "d3-zoom";

import type { PageNode, PageStack } from "../pageData";
import { drawn } from "./elements";
import { layOut, nodeHeight, nodeWidth, type Placed } from "./layout";

/** The picture of a stack. */
export interface Diagram {
  element: SVGSVGElement;
  /** Shows a part among the others, and what leads to and from it. */
  choose(area: number | undefined): void;
  /** Leaves the parts and what stands right beside them, and brings them into view. */
  filter(isShown: (area: number) => boolean): void;
  /** Makes everything fit that is left. Needs the element's size. */
  fit(): void;
}

const kinds = { internet: "", edge: "CloudFront", loadBalancer: "load balancer", service: "service", task: "task", data: "data" };
const step = 60;
const margin = 40;
/** Below this, names can't be read, and drawing thousands of them takes time. */
const farScale = 0.3;

/** Draws the way of requests through a stack. */
export function draw(stack: PageStack, onChoose: (area: number) => void): Diagram {
  const places = layOut(stack);
  const edges = stack.edges.map(([from, to]) => drawn("path", { d: curve(places[from]!, places[to]!), class: "way" }));
  const nodes = stack.nodes.map((node, index) => {
    const { x, y } = places[index]!;
    const title = drawn("title");
    title.textContent = `${node.name}${kinds[node.kind] && `, ${kinds[node.kind]}`}${node.operation === "same" ? "" : `: ${node.operation}`}`;
    const box = drawn("rect", { width: nodeWidth, height: nodeHeight, rx: node.kind === "data" || node.kind === "internet" ? 17 : 6 });
    const group = drawn("g", { transform: `translate(${x},${y})`, class: `node ${node.kind} ${node.operation}` }, title, box);
    if (node.area >= 0) group.addEventListener("click", () => onChoose(node.area));
    return group;
  });
  const content = drawn("g", {}, ...edges, ...nodes);
  const unlabelled = new Set(nodes.keys());
  // Thousands of texts take longer to make than all the rest, and few of them are ever seen.
  const labelVisible = ({ x, y, k }: { x: number; y: number; k: number }) => {
    for (const index of unlabelled) {
      const [left, top] = [places[index]!.x * k + x, places[index]!.y * k + y];
      const isSeen = left < clientWidth && left + nodeWidth * k > 0 && top < clientHeight && top + nodeHeight * k > 0;
      if (!isSeen || nodes[index]!.classList.contains("out")) continue;
      nodes[index]!.append(...labelsOf(stack.nodes[index]!));
      unlabelled.delete(index);
    }
  };
  const label = `The way of requests through ${stack.stack}. Arrow keys move it, plus and minus zoom, 0 shows all.`;
  const svg = drawn("svg", { class: "diagram", tabindex: 0, role: "img", "aria-label": label }, content);
  // Asked for in the middle of changes, sizes would have the browser lay everything out at once.
  let [clientWidth, clientHeight] = [0, 0];
  new ResizeObserver(([entry]) => ({ width: clientWidth, height: clientHeight } = entry!.contentRect)).observe(svg);
  const zooming = zoom<SVGSVGElement, unknown>()
    .scaleExtent([0.02, 4])
    // By default it asks the element for its size, and so for a layout.
    .extent((): [[number, number], [number, number]] => [
      [0, 0],
      [clientWidth, clientHeight],
    ])
    .on("zoom", ({ transform }: D3ZoomEvent<SVGSVGElement, unknown>) => {
      content.setAttribute("transform", transform.toString());
      svg.classList.toggle("far", transform.k < farScale);
      if (transform.k >= farScale) labelVisible(transform);
    });
  const selection = select(svg).call(zooming);
  const show = (x: number, y: number, scale: number) => {
    selection.call(zooming.transform, zoomIdentity.translate(clientWidth / 2 - x * scale, clientHeight / 2 - y * scale).scale(scale));
  };
  const fit = () => {
    const visible = places.filter((_, index) => !nodes[index]!.classList.contains("out"));
    const shown = visible.length === 0 ? places : visible;
    const [left, right] = [Math.min(...shown.map(({ x }) => x)), Math.max(...shown.map(({ x }) => x)) + nodeWidth];
    const [top, bottom] = [Math.min(...shown.map(({ y }) => y)), Math.max(...shown.map(({ y }) => y)) + nodeHeight];
    const scale = Math.min(1.2, (clientWidth - margin) / (right - left), (clientHeight - margin) / (bottom - top));
    show((left + right) / 2, (top + bottom) / 2, scale);
  };
  svg.addEventListener("keydown", (event) => {
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [step, 0],
      ArrowRight: [-step, 0],
      ArrowUp: [0, step],
      ArrowDown: [0, -step],
    };
    const move = moves[event.key];
    if (move) selection.call(zooming.translateBy, ...move);
    else if (event.key === "+" || event.key === "=") selection.call(zooming.scaleBy, 1.3);
    else if (event.key === "-") selection.call(zooming.scaleBy, 1 / 1.3);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });

  const choose = (area: number | undefined) => {
    const chosen = stack.nodes.flatMap((node, index) => (area !== undefined && node.area === area ? [index] : []));
    const near = new Set(chosen);
    stack.edges.forEach(([from, to], index) => {
      const isNear = chosen.includes(from) || chosen.includes(to);
      edges[index]!.classList.toggle("near", isNear);
      if (isNear) near.add(from).add(to);
    });
    nodes.forEach((node, index) => {
      node.classList.toggle("chosen", chosen.includes(index));
      node.classList.toggle("near", near.has(index));
    });
    svg.classList.toggle("has-choice", chosen.length > 0);
    const first = chosen[0];
    if (first !== undefined && !isVisible(nodes[first]!, svg)) show(places[first]!.x + nodeWidth, places[first]!.y + nodeHeight / 2, 1);
  };
  const filter = (isShown: (area: number) => boolean) => {
    const shown = new Set(stack.nodes.flatMap(({ area }, index) => (area >= 0 && isShown(area) ? [index] : [])));
    const beside = new Set(shown);
    // What stands right beside it says what it is for.
    stack.edges.forEach(([from, to], index) => {
      const isNear = shown.has(from) || shown.has(to);
      edges[index]!.classList.toggle("out", !isNear);
      if (isNear) beside.add(from).add(to);
    });
    nodes.forEach((node, index) => node.classList.toggle("out", !beside.has(index)));
    fit();
  };
  return { element: svg, choose, filter, fit };
}

function labelsOf({ name, detail, kind, operation }: PageNode): SVGTextElement[] {
  const label = drawn("text", { x: 12, y: 15, class: "label" });
  label.textContent = cut(name);
  const below = drawn("text", { x: 12, y: 27, class: "kind" });
  // There is room for one of the two; the colour says the other.
  below.textContent = detail ?? `${kinds[kind]}${operation === "same" ? "" : ` · ${operation}`}`;
  return [label, below];
}

function curve(from: Placed, to: Placed): string {
  const [x1, y1, y2] = [from.x + nodeWidth, from.y + nodeHeight / 2, to.y + nodeHeight / 2];
  // Back to an earlier column, as when a task calls another service: around, by the left sides.
  if (to.x < x1) {
    const bend = Math.max(40, Math.abs(y2 - y1) / 3);
    return `M${x1},${y1} C${x1 + bend},${y1} ${x1 + bend},${(y1 + y2) / 2} ${(x1 + to.x) / 2},${(y1 + y2) / 2} S${to.x - bend},${y2} ${to.x},${y2}`;
  }
  const middle = (x1 + to.x) / 2;
  return `M${x1},${y1} C${middle},${y1} ${middle},${y2} ${to.x},${y2}`;
}

function isVisible(node: Element, within: Element): boolean {
  const [a, b] = [node.getBoundingClientRect(), within.getBoundingClientRect()];
  // Too small to read is not visible.
  return a.width > 60 && a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
}

function cut(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}
