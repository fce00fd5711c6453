import { fitting } from "./matching";
import type { Answer, Request, Rule } from "./model";
import type { Others, RequestClasses } from "./requestClasses";

/** The route by which a request came to its answer; parts that it doesn't ask for are undefined. */
export interface Route {
  rule?: Rule;
  host?: string;
  path?: string;
  /** Such as `with the header x-tenant`. */
  others: string[];
}

/** Finds the routes of requests, and which of two is the narrower: that which fewer of the requests fit that stand for all. */
export class RouteLabels {
  private readonly covered: Record<"hosts" | "paths", Map<string, ReadonlySet<number>>>;

  constructor(private readonly classes: RequestClasses) {
    const coverage = (kind: "hosts" | "paths", patterns: string[]) =>
      new Map(
        patterns.map((pattern, index) => [pattern, new Set(classes[kind].flatMap(({ fits }, place) => (fits.has(index) ? [place] : [])))]),
      );
    this.covered = { hosts: coverage("hosts", classes.hostPatterns), paths: coverage("paths", classes.pathPatterns) };
  }

  /** Which of the representative paths, or hosts, fit a part of a route; undefined for all. */
  coverage(kind: "hosts" | "paths", pattern: string | undefined): ReadonlySet<number> | undefined {
    return pattern === undefined ? undefined : this.covered[kind].get(pattern);
  }

  /** The route that a request comes by; of several values of one rule that which says most. */
  routeOf({ rule }: Pick<Answer, "rule">, request: Request, { assumed }: Others): Route {
    const route: Route = { rule, others: [] };
    for (const condition of rule?.conditions ?? []) {
      const values = fitting(condition, request);
      const unreadable = condition.unreadable.find((each) => assumed[each]);
      if (condition.field === "host-header") route.host = this.narrowest("hosts", values) ?? readable(unreadable);
      else if (condition.field === "path-pattern") route.path = this.narrowest("paths", values) ?? readable(unreadable);
      else if (condition.field === "http-header") route.others.push(`with the header ${condition.name.toLowerCase()}`);
      else if (condition.field === "http-request-method") route.others.push(`by ${condition.values.join(" or ")}`);
      else if (condition.field === "query-string") route.others.push("with its query");
      else route.others.push(`from ${condition.values.join(" or ")}`);
    }
    return route;
  }

  /** What both routes ask for. */
  both(one: Route, other: Route): Route {
    return {
      host: this.narrower("hosts", one.host, other.host),
      path: this.narrower("paths", one.path, other.path),
      others: [...new Set([...one.others, ...other.others])],
    };
  }

  /** Whether one part of a route fits more than another, and all of that. */
  isWider(kind: "hosts" | "paths", wide: string | undefined, narrow: string | undefined): boolean {
    const less = this.coverage(kind, narrow);
    // What nobody can read is narrower than all.
    if (!less) return narrow !== undefined && wide === undefined;
    const more = this.coverage(kind, wide) ?? (wide === undefined ? new Set(this.classes[kind].keys()) : undefined);
    return !!more && more.size > less.size && [...less].every((each) => more.has(each));
  }

  private narrower(kind: "hosts" | "paths", one: string | undefined, other: string | undefined): string | undefined {
    if (one === undefined || other === undefined || one === other) return one ?? other;
    const [a, b] = [this.coverage(kind, one), this.coverage(kind, other)];
    if (!a || !b) return a ? other : one;
    if ([...a].every((each) => b.has(each))) return one;
    if ([...b].every((each) => a.has(each))) return other;
    const literal = (pattern: string) => pattern.replace(/[*?]/g, "").length;
    const [first, second] = literal(other) > literal(one) ? [other, one] : [one, other];
    const both = `${first} that is ${second} too`;
    this.covered[kind].set(both, new Set([...a].filter((each) => b.has(each))));
    return both;
  }

  private narrowest(kind: "hosts" | "paths", values: string[]): string | undefined {
    const size = (value: string) => this.coverage(kind, value)?.size ?? 0;
    return [...values].sort((a, b) => size(a) - size(b))[0];
  }
}

function readable(unreadable: string | undefined): string | undefined {
  return unreadable === undefined ? undefined : unreadable.startsWith("regex ") ? unreadable : "a value known only after apply";
}

/** `shop.example.com/api/*`, as a manifest writes it. */
export function textOfRoute({ host, path, others }: Route, isRest: boolean): string {
  if (host === undefined && path === undefined) return [isRest && others.length === 0 ? "everything else" : "/*", ...others].join(" ");
  // Each path begins with a slash, so a star at the beginning stands for it as well.
  const pattern = host === undefined ? path! : `${host}${path?.startsWith("*") ? "/" : ""}${path ?? "/*"}`;
  return [pattern, ...others].join(" ");
}
