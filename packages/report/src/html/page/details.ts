import { withNames } from "@fairlead/changes/shortText";

import { dollars } from "../../money";
import { replacementNote, unreadable } from "../../phrases";
import type { PageArea, PageDetails, PageStack } from "../pageData";
import { element } from "./elements";

/** Everything about one part of a stack. */
export async function showDetails(stack: PageStack, index: number): Promise<HTMLElement> {
  const area = stack.areas[index]!;
  const { resources, images, costs } = await unpacked(area);
  const policies = stack.policies.filter((policy) => policy.area === index);
  return element(
    "div",
    { class: "details" },
    element("h2", {}, area.name, element("span", { class: "of" }, ` ${area.kind}`)),
    section("Images", images.length, () =>
      element(
        "ul",
        {},
        ...images.map(({ container, platforms, cpuArchitecture, image, covers }) => {
          const built = covers === undefined ? "not built here" : `built for ${platforms.join(" and ")}`;
          const runs = `${covers === undefined ? "" : covers ? "✓ " : "✗ "}runs on ${cpuArchitecture}`;
          return element("li", {}, element("b", {}, container), `: ${built}, ${runs}: `, element("code", {}, withNames(image)));
        }),
      ),
    ),
    section("Cost a month", costs.length, () =>
      element(
        "ul",
        {},
        ...alike(
          costs.map(({ what, monthly, unknown }) => `${what}: ${monthly === undefined ? `unknown (${unknown})` : dollars(monthly)}`),
        ).map((line) => element("li", {}, line)),
      ),
    ),
    section("Policies", policies.length, () =>
      element(
        "ul",
        {},
        ...policies.map(({ control, name, problem, fix, exception }) =>
          element("li", {}, element("b", {}, control), ` ${name}: ${problem}. ${exception ? `Excepted: ${exception}` : fix}`),
        ),
      ),
    ),
    element("h3", {}, `Resources (${area.resources.length})`),
    ...area.resources.map(([type, name, operation], place) => resource(type, name, operation, resources[place]!)),
  );
}

/** `alarm: $0.10 (5 times)`: what is the same of several is said once. */
function alike(lines: string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, count]) => (count === 1 ? line : `${line} (${count} times)`));
}

function section(title: string, count: number, make: () => HTMLElement): HTMLElement | undefined {
  return count === 0 ? undefined : element("section", {}, element("h3", {}, title), make());
}

function resource(
  type: string,
  name: string,
  operation: string,
  { urn, inputs, properties }: PageDetails["resources"][number],
): HTMLElement {
  const box = element(
    "details",
    { class: `resource ${operation}` },
    element(
      "summary",
      {},
      element("span", { class: "name" }, name),
      element("span", { class: "of" }, ` ${type}`),
      element("span", { class: "operation" }, operation === "same" ? "" : operation),
    ),
  );
  if (operation !== "same") box.open = true;
  if (properties.length > 0) box.append(differences(properties));
  // Inputs are long, and mostly not looked at.
  const whole = element("details", { class: "inputs" }, element("summary", {}, "inputs"));
  whole.addEventListener(
    "toggle",
    () => whole.append(element("div", { class: "urn" }, urn), element("pre", {}, JSON.stringify(expanded(inputs), null, 2))),
    { once: true },
  );
  box.append(whole);
  return box;
}

function differences(properties: PageDetails["resources"][number]["properties"]): HTMLElement {
  const cell = (value: unknown, kind: string) =>
    element("td", { class: kind }, value === undefined ? "" : withNames(typeof value === "string" ? value : JSON.stringify(value)));
  const note = (replaces: boolean | undefined) => {
    const text = replacementNote(replaces);
    return text && element("span", { class: "forces" }, ` ${text}`);
  };
  const rows = properties.map(({ path, before, after, replaces, ...hidden }) => {
    const instead = unreadable(hidden);
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, path, note(replaces)),
      ...(instead === undefined
        ? [cell(before, "before"), cell(after, "after")]
        : [element("td", { colspan: "2", class: "later" }, instead)]),
    );
  });
  return element("table", { class: "differences" }, ...rows);
}

/** Inputs with JSON texts as what they say. */
function expanded(value: unknown): unknown {
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      return expanded(JSON.parse(value));
    } catch {
      return withNames(value);
    }
  }
  if (typeof value === "string") return withNames(value);
  if (Array.isArray(value)) return value.map(expanded);
  if (value === null || typeof value !== "object") return value;
  if ("$output" in value) return withNames(JSON.stringify(value));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expanded(item)]));
}

async function unpacked({ details }: PageArea): Promise<PageDetails> {
  const bytes = Uint8Array.from(atob(details), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(stream).json()) as PageDetails;
}
