type Child = Node | string | undefined;

/** Makes an element. Text is always text: nothing of a plan is read as markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** Makes an element of a drawing. */
export function drawn<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | number> = {},
  ...children: Node[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** `$12.30` */
export function dollars(value: number): string {
  return `$${value.toFixed(2)}`;
}

/** `+$12.30`; nothing where nothing changes. */
export function delta({ before, after }: { before: number; after: number }): string {
  const difference = after - before;
  if (Math.abs(difference) < 0.005) return "";
  return `${difference > 0 ? "+" : "−"}$${Math.abs(difference).toFixed(2)}`;
}
