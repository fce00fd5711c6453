import { costsTheSame, totalText } from "../../money";
import { counted } from "../../phrases";
import type { PageStack } from "../pageData";
import { delta, element } from "./elements";

/** What is to be known of a stack before one looks closer. */
export function overview(stack: PageStack, compares: boolean, onChoose: (area: number) => void): HTMLElement {
  const { cost, dangers, services, affected, requests, others, requirements, allowances, policies, areas } = stack;
  const broken = policies.filter(({ exception }) => exception === undefined);
  const costly = areas
    .map((area, index) => ({ ...area, index }))
    .filter(({ cost: own }) => own.after > 0 || own.before > 0 || !costsTheSame(own))
    .sort((a, b) => b.cost.after - a.cost.after)
    .slice(0, 50);
  return element(
    "div",
    { class: "details overview" },
    element("h2", {}, stack.stack),
    compares ? element("p", {}, element("b", { class: "verdict" }, stack.verdict), ` · ${stack.countsText}`) : undefined,
    ...dangers.map(({ severity, title, forcedBy, text }) =>
      element(
        "p",
        { class: `danger ${severity}` },
        element("b", {}, title),
        forcedBy.length > 0 ? `, forced by ${forcedBy.join(", ")}` : "",
        `. ${text}`,
      ),
    ),
    list("Services", services),
    list("Who is affected", affected),
    list("Who answers", requests),
    list("Everything else", others),
    list("Every image must", requirements),
    list("Let through all the same", allowances),
    element("h3", {}, "Cost a month"),
    element(
      "p",
      {},
      element("b", {}, totalText(cost)),
      delta(cost) && ` (${delta(cost)})`,
      cost.unknown > 0 ? `, without ${counted(cost.unknown, "part")} whose cost is not known` : "",
    ),
    element(
      "table",
      { class: "costs" },
      ...costly.map(({ kind, name, cost: own, index }) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, chooser(`${name} (${kind})`, index, onChoose)),
          element("td", {}, totalText(own)),
          element("td", {}, delta(own)),
        ),
      ),
    ),
    list("In no sum", cost.leftOut),
    element("ul", { class: "assumptions" }, ...cost.assumptions.map((text) => element("li", {}, text))),
    element(
      "h3",
      {},
      `Policies (${stack.mandatory ? "mandatory" : "advice"}): ${broken.length} broken, ${policies.length - broken.length} excepted`,
    ),
    element(
      "ul",
      {},
      ...broken
        .slice(0, 200)
        .map(({ control, name, problem, area, isNew }) =>
          element(
            "li",
            {},
            isNew && compares ? element("b", {}, "new ") : undefined,
            chooser(`${control} ${name}`, area, onChoose),
            `: ${problem}`,
          ),
        ),
    ),
  );
}

function list(title: string, lines: string[]): HTMLElement | undefined {
  return lines.length === 0
    ? undefined
    : element("section", {}, element("h3", {}, title), element("ul", {}, ...lines.map((line) => element("li", {}, line))));
}

function chooser(text: string, area: number, onChoose: (area: number) => void): HTMLElement {
  if (area < 0) return element("span", {}, text);
  const button = element("button", { type: "button", class: "link" }, text);
  button.addEventListener("click", () => onChoose(area));
  return button;
}
