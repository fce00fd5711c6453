import type { Operation } from "@fairlead/changes";

import { layOut, type Layout } from "../src/html/page/layout";
import { mostBoxes, scopesOf, viewOf, type View } from "../src/html/page/view";
import type { PageNode } from "../src/html/pageData";
import { boxHeight, type Cubic } from "../src/html/page/geometry";

const canvas = { width: 1000, height: 600, nameWidth: (text: string) => text.length * 7, captionWidth: (text: string) => text.length * 6 };

function node(kind: PageNode["kind"], name: string, operation: Operation = "same", owner?: string): PageNode {
  return { kind, name, operation, area: 0, owner };
}

function whole(nodes: PageNode[], edges: [number, number][]): View {
  return viewOf({ nodes, edges }, "everything", undefined, new Set());
}

/** Edges that run behind a box other than at its side. */
function behind({ places, routes }: Layout): Cubic[][] {
  const at = (t: number, a: number, b: number, c: number, d: number) =>
    a * (1 - t) ** 3 + 3 * b * t * (1 - t) ** 2 + 3 * c * t ** 2 * (1 - t) + d * t ** 3;
  const isHidden = ([x, y, x1, y1, x2, y2, endX, endY]: Cubic) =>
    Array.from({ length: 101 }, (_, step) => [at(step / 100, x, x1, x2, endX), at(step / 100, y, y1, y2, endY)] as const).some(([px, py]) =>
      places.some((box) => px > box.x + 1 && px < box.x + box.width - 1 && py > box.y + 1 && py < box.y + boxHeight - 1),
    );
  return routes.map(({ curves }) => curves).filter((curves) => curves.some(isHidden));
}

/** Of each kind so many nodes, each connected with some of all others. */
function web(each: number): View {
  const kinds = ["internet", "edge", "loadBalancer", "service", "data"] as const;
  const nodes = kinds.flatMap((kind) =>
    Array.from({ length: kind === "internet" ? 1 : each }, (_, index) => node(kind, `${kind}-${index}`)),
  );
  const edges: [number, number][] = [];
  for (let from = 0; from < nodes.length; from++)
    for (let to = 0; to < nodes.length; to++) if (from !== to && (from * 7 + to * 3) % 11 === 0) edges.push([from, to]);
  return whole(nodes, edges);
}

test("what changes stands at the top of its column, the gravest first", () => {
  const operations: Operation[] = ["same", "create", "update", "replace", "delete"];
  const view = whole(
    operations.map((operation) => node("service", operation, operation)),
    [],
  );
  const { places } = layOut(view, canvas);
  const order = view.boxes.map(({ name }, index) => ({ name, y: places[index]!.y })).sort((a, b) => a.y - b.y);
  expect(order.map(({ name }) => name)).toEqual(["delete", "replace", "update", "create", "same"]);
});

test.each([3, 12, 30])("with %i boxes of each kind no line runs behind a box, also past columns, back, and within one", (each) => {
  const view = web(each);
  expect(view.edges.length).toBeGreaterThan(10);
  expect(behind(layOut(view, canvas))).toEqual([]);
});

test("the width is bounded, however many there are: nothing has to be scaled", () => {
  const widths = [3, 60, 100].map((each) => layOut(web(each), canvas).width);
  for (const width of widths) expect(width).toBeLessThanOrEqual(canvas.width);
});

describe("of hundreds of services", () => {
  const services = Array.from({ length: 300 }, (_, index) =>
    node("service", `service-${index}`, index === 7 ? "update" : "same", index % 2 === 0 ? "shop" : undefined),
  );
  const nodes = [node("loadBalancer", "prod"), ...services];
  const edges = [...services.keys()].map((index): [number, number] => [0, index + 1]);
  const names = ({ boxes }: View) => boxes.map(({ name }) => name);

  test("what changes is shown first, with what stands beside it", () => {
    expect(scopesOf({ nodes, edges })).toEqual(["changes", "overview", "everything"]);
    expect(names(viewOf({ nodes, edges }, "changes", undefined, new Set()))).toEqual(["prod", "service-7"]);
  });

  test("the rest is folded by owner, until one is opened", () => {
    const view = viewOf({ nodes, edges }, "overview", undefined, new Set());
    expect(names(view)).toEqual(["prod", "150 services of shop", "149 services without an owner", "service-7"]);
    expect(view.edges).toHaveLength(3);
    expect(viewOf({ nodes, edges }, "overview", undefined, new Set(["shop"])).boxes).toHaveLength(1 + 150 + 1 + 1);
    expect(viewOf({ nodes, edges }, "everything", undefined, new Set()).boxes).toHaveLength(301);
  });

  test("what is searched is a box of its own", () => {
    expect(names(viewOf({ nodes, edges }, "overview", new Set([200]), new Set()))).toEqual(["prod", "service-199"]);
  });

  test("where too many change, they are counted in their boxes, with the gravest of what happens", () => {
    const all = nodes.map((one, index) => ({ ...one, operation: index === 3 ? ("delete" as const) : ("update" as const) }));
    expect(scopesOf({ nodes: all, edges })).toEqual(["overview", "everything"]);
    const { boxes } = viewOf({ nodes: all, edges }, "overview", undefined, new Set());
    expect(boxes.length).toBeLessThanOrEqual(mostBoxes);
    expect(boxes[1]).toMatchObject({ name: "150 services of shop", detail: "150 of them change", operation: "delete" });
  });
});

test("a small stack has nothing to choose", () => {
  expect(scopesOf({ nodes: [node("service", "api")], edges: [] })).toEqual(["everything"]);
});
