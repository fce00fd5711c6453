import type { SourceNode } from "../source/sourceNode";
import type { Finding } from "./finding";

type Recorded = Finding & { environment?: string };

/** Which parts of the sources somebody said something of. What is in none of them is an error in the end. */
export class Claims {
  private readonly claimed = new Set<SourceNode>();
  private readonly recorded = new Map<string, Recorded[]>();

  /** Says what became of a node, and so of all that is in it. @param environment the one that it was translated for; none for the base */
  claim(node: SourceNode, finding: Finding, environment?: string): void {
    this.cover(node);
    this.say(finding, environment);
  }

  /** A node that another finding speaks of. */
  cover(node: SourceNode): void {
    this.claimed.add(node.origin);
    if (node.kind === "map") for (const { value } of node.entries.values()) this.cover(value);
    if (node.kind === "list") for (const item of node.items) this.cover(item);
  }

  /** A finding of no key in particular. */
  say(finding: Finding, environment?: string): void {
    const { place, outcome, source, service, to, was, now, text } = finding;
    const key = JSON.stringify([place, outcome, source, service, to, was, now, text]);
    this.recorded.set(key, [...(this.recorded.get(key) ?? []), { ...finding, environment }]);
  }

  /** All findings, in the order of the sources, each once with the environments that it is of. @param all the environments that there are */
  findings(all: readonly string[]): Finding[] {
    const found = [...this.recorded.values()].map((same): Finding => {
      const { environment: _, ...finding } = same[0]!;
      const named = new Set(same.map(({ environment }) => environment));
      const isEverywhere = named.has(undefined) || all.every((name) => named.has(name));
      return isEverywhere ? finding : { ...finding, environments: all.filter((name) => named.has(name)) };
    });
    return found.sort(byPlace);
  }

  /** The parts of a source that nobody claimed: values, and empty maps and lists. */
  unclaimed(root: SourceNode): SourceNode[] {
    if (this.claimed.has(root.origin)) return [];
    const children = root.kind === "map" ? [...root.entries.values()].map(({ value }) => value) : root.kind === "list" ? root.items : [];
    return children.length === 0 ? [root] : children.flatMap((child) => this.unclaimed(child));
  }
}

function byPlace({ place: a }: Finding, { place: b }: Finding): number {
  return a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1;
}
