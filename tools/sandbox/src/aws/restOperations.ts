import type { AwsRequest } from "./requests";

/** Operation, method, path with its placeholders and what its query always has, required parameters of the query. */
export type RestOperation = [operation: string, method: string, path: string, query: string[]];

interface Pattern {
  operation: string;
  method: string;
  path: RegExp;
  query: string[];
}

/** Names of operations of those services whose requests have none: S3, Route 53, CloudFront, EFS, EventBridge Scheduler and others. */
export class RestOperations {
  private readonly patterns = new Map<string, Pattern[]>();

  /** @param services by the name of the service in a signature, as moto/rest_operations.py prints it */
  constructor(private readonly services: Record<string, RestOperation[]>) {}

  /** The operation of a request whose headers and body don't name it; undefined where no model of AWS's has it. */
  nameOf({ service, method, url }: Pick<AwsRequest, "service" | "method" | "url">): string | undefined {
    const rpc = /^\/service\/[^/]+\/operation\/(\w+)$/.exec(url);
    if (rpc) return rpc[1];
    const { pathname, searchParams } = new URL(url, "http://localhost");
    const fits = (pattern: Pattern) =>
      pattern.method === method && pattern.path.test(pathname) && pattern.query.every((name) => searchParams.has(name));
    // The one that asks for most: `GET /bucket?policy` is GetBucketPolicy, and `GET /bucket` lists.
    return this.patternsOf(service)
      .filter(fits)
      .sort((one, other) => other.query.length - one.query.length)[0]?.operation;
  }

  private patternsOf(service: string): Pattern[] {
    const known = this.patterns.get(service) ?? (this.services[service] ?? []).map(patternOf);
    this.patterns.set(service, known);
    return known;
  }
}

function patternOf([operation, method, uri, required]: RestOperation): Pattern {
  const [path, query = ""] = uri.split("?") as [string, string?];
  const expression = path
    .replace(/\/$/, "")
    .replace(/[.+*^$()|[\]\\]/g, (character) => (character === "+" ? character : `\\${character}`))
    .replace(/\{\w+\+\}/g, ".+")
    .replace(/\{\w+\}/g, "[^/]+");
  return { operation, method, path: new RegExp(`^${expression}/?$`), query: [...new URLSearchParams(query).keys(), ...required] };
}
