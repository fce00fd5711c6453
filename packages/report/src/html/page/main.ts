import type { PageData, PageStack } from "../pageData";
import { showDetails } from "./details";
import { element } from "./elements";
import { makeList } from "./list";
import { overview } from "./overview";
import { makePicture } from "./picture";

const data = JSON.parse(document.getElementById("data")!.textContent!) as PageData;
const main = element("main");

/** Shows one stack. */
function open(index: number): void {
  tabs.forEach((tab, place) => tab.setAttribute("aria-selected", String(place === index)));
  const stack = data.stacks[index]!;
  main.replaceChildren(...("failure" in stack ? [element("pre", { class: "failure" }, stack.failure)] : stackView(stack)));
}

function stackView(stack: PageStack): HTMLElement[] {
  const pane = element("aside", { class: "pane", "aria-live": "polite" });
  let latest = 0;
  const choose = async (area: number | undefined) => {
    const turn = ++latest;
    list.choose(area);
    picture.choose(area);
    const shown = area === undefined ? overview(stack, data.compares, (other) => void choose(other)) : await showDetails(stack, area);
    if (turn !== latest) return;
    if (area !== undefined) {
      const back = element("button", { type: "button", class: "link back" }, "← overview");
      back.addEventListener("click", () => void choose(undefined));
      shown.prepend(back);
    }
    pane.replaceChildren(shown);
    pane.scrollTop = 0;
  };
  const list = makeList(stack, (area) => void choose(area));
  const picture = makePicture(stack, (area) => void choose(area));
  const search = element("input", {
    type: "search",
    id: "search",
    placeholder: "Search names and types ( / )",
    "aria-label": "Search names and types",
  });
  const boxes = (["create", "update", "replace", "delete"] as const).map((operation) => {
    const box = element("input", { type: "checkbox", value: operation });
    return { box, label: element("label", { class: operation }, box, `${operation} ${stack.counts[operation]}`) };
  });
  const count = element("output", { class: "count" });
  const apply = () => {
    const operations = new Set(boxes.filter(({ box }) => box.checked).map(({ box }) => box.value));
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = list.filter({ words, operations });
    picture.find(words.length > 0 || operations.size > 0 ? shown : undefined);
    count.textContent = `${shown.size} of ${stack.areas.length}`;
  };
  search.addEventListener("input", apply);
  for (const { box } of boxes) box.addEventListener("change", apply);
  const filters = element("div", { class: "filters" }, search, ...(data.compares ? boxes.map(({ label }) => label) : []), count);
  const side = element("nav", { class: "side" }, filters, list.element);
  void choose(undefined);
  apply();
  return [side, picture.element, pane];
}

const tabs = data.stacks.map((stack, index) => {
  const tab = element("button", { type: "button", role: "tab" }, stack.stack);
  tab.addEventListener("click", () => open(index));
  return tab;
});

const theme = element("button", { type: "button", class: "theme", "aria-label": "Switch between light and dark" }, "◐");
theme.addEventListener("click", () => {
  const { dataset } = document.documentElement;
  const isDark = dataset.theme ? dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  dataset.theme = isDark ? "light" : "dark";
});

document.addEventListener("keydown", (event) => {
  const search = document.getElementById("search") as HTMLInputElement | null;
  if (event.key === "/" && document.activeElement !== search) {
    event.preventDefault();
    search?.focus();
  } else if (event.key === "Escape" && search && document.activeElement === search) {
    search.value = "";
    search.dispatchEvent(new Event("input"));
    search.blur();
  }
});

const tabList = element("div", { role: "tablist" }, ...tabs);
document.body.append(element("header", {}, element("h1", {}, data.title), tabList, theme), main);
// The first stack that changes says most.
const first = data.stacks.findIndex((stack) => "failure" in stack || Object.values(stack.counts).some((count) => count > 0));
open(Math.max(0, first));
