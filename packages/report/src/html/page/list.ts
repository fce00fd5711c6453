import type { CostChange } from "../../costs";
import { dollars, notKnown } from "../../money";
import { counted } from "../../phrases";
import type { PageStack } from "../pageData";
import { delta, element } from "./elements";

/** What the list is asked for. */
export interface Query {
  words: string[];
  /** Operations to show; all when empty. */
  operations: ReadonlySet<string>;
}

/** The parts of a stack, in a list. */
export interface List {
  element: HTMLElement;
  /** Shows what fits; returns the parts. */
  filter(query: Query): Set<number>;
  choose(area: number | undefined): void;
}

/** Makes the list of a stack's parts. */
export function makeList({ stack, areas, policies }: PageStack, onChoose: (area: number) => void): List {
  // Everything that a word may be found in, once.
  const texts = areas.map(({ kind, name, resources }) =>
    `${kind} ${name} ${resources.map(([type, own]) => `${type} ${own}`).join(" ")}`.toLowerCase(),
  );
  const names = areas.map(({ name }) => name.toLowerCase());
  const operations = areas.map((area) => new Set([area.operation, ...area.resources.map(([, , operation]) => operation)]));
  const findings = new Map<number, number>();
  for (const { area, exception } of policies) if (!exception) findings.set(area, (findings.get(area) ?? 0) + 1);
  const rows = areas.map((area, index) => {
    const found = findings.get(index);
    const row = element(
      "button",
      { type: "button", class: `row ${area.operation}`, role: "option", "aria-selected": "false", tabindex: "-1" },
      element(
        "span",
        { class: "mark", title: area.operation === "same" ? "" : area.operation },
        { create: "+", update: "~", replace: "±", delete: "−", same: "" }[area.operation],
      ),
      // What bears the stack's own name is told apart by its kind.
      element("span", { class: "name" }, area.name === stack ? area.kind : area.name),
      element(
        "span",
        { class: "of" },
        [
          area.name === stack ? area.name : area.kind,
          counted(area.resources.length, "resource"),
          ...(found ? [counted(found, "finding")] : []),
        ].join(" · "),
      ),
      element("span", { class: "cost" }, shortDelta(area.cost) || shortTotal(area.cost)),
    );
    row.addEventListener("click", () => onChoose(index));
    return row;
  });
  const box = element("div", { class: "list", role: "listbox", "aria-label": "Parts of the stack" }, ...rows);
  if (rows[0]) rows[0].tabIndex = 0;
  box.addEventListener("keydown", (event) => {
    const visible = ([...box.children] as HTMLButtonElement[]).filter((row) => !row.hidden);
    const current = visible.indexOf(document.activeElement as HTMLButtonElement);
    const next = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: visible.length - 1 }[event.key];
    if (next === undefined || !visible[next]) return;
    visible[next].focus();
    event.preventDefault();
  });
  let moved = false;
  const filter = ({ words, operations: wanted }: Query) => {
    const shown = new Set<number>();
    const named: HTMLButtonElement[] = [];
    rows.forEach((row, index) => {
      const fits =
        words.every((word) => texts[index]!.includes(word)) &&
        (wanted.size === 0 || [...wanted].some((one) => operations[index]!.has(one as never)));
      row.hidden = !fits;
      row.tabIndex = -1;
      if (fits) shown.add(index);
      if (fits && words.length > 0 && words.every((word) => names[index]!.includes(word))) named.push(row);
    });
    // What bears the words in its own name comes before what only has them within.
    if (moved) box.append(...rows);
    moved = named.length > 0 && named.length < shown.size;
    if (moved) box.prepend(...named);
    const first = named[0] ?? rows.find((row) => !row.hidden);
    if (first) first.tabIndex = 0;
    return shown;
  };
  let chosen: HTMLButtonElement | undefined;
  const choose = (area: number | undefined) => {
    chosen?.setAttribute("aria-selected", "false");
    chosen = area === undefined ? undefined : rows[area];
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
  };
  return { element: box, filter, choose };
}

/** A row has room for a sum alone: `≥ +$12.30` where what is unknown can only add to it. */
function shortDelta(cost: CostChange): string {
  const text = delta(cost);
  return text.startsWith(notKnown) ? notKnown : text.replace("at least ", "≥ ");
}

/** A row has room for a sum alone: `≥ $12.30` where a part is unknown. */
function shortTotal({ after, unknown }: CostChange): string {
  if (after === 0) return unknown > 0 ? notKnown : "";
  return `${unknown > 0 ? "≥ " : ""}${dollars(after)}`;
}
