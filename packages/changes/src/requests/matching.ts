import { addressRange, coverAddresses } from "../addresses";
import type { Condition, Request } from "./model";
import { fits, fitsInAnyCase } from "./wildcards";

/** Whether a condition with such an unreadable value holds, where somebody assumes it. */
export type Assumptions = (unreadable: string) => boolean | undefined;

/** Whether a request meets a condition; undefined where nobody can tell. */
export function meets(condition: Condition, request: Request, assumed: Assumptions): boolean | undefined {
  if (meetsReadable(condition, request)) return true;
  const answers = condition.unreadable.map(assumed);
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

/** The values of a condition that a request fits. */
export function fitting(condition: Condition, request: Request): string[] {
  switch (condition.field) {
    case "host-header":
      return condition.values.filter((value) => fitsInAnyCase(value, hostName(request.host)));
    case "path-pattern":
      return condition.values.filter((value) => fits(value, request.path));
    default:
      return [];
  }
}

function meetsReadable(condition: Condition, request: Request): boolean {
  switch (condition.field) {
    case "host-header":
    case "path-pattern":
      return fitting(condition, request).length > 0;
    case "http-header":
      return condition.values.some((value) => headersOf(request, condition.name).some((header) => fitsInAnyCase(value, header)));
    case "http-request-method":
      // No wildcards, and with the case that it has.
      return condition.values.includes(request.method ?? "GET");
    case "query-string":
      return condition.values.some(({ key, value }) =>
        (request.query ?? []).some((pair) => (key === undefined || fitsInAnyCase(key, pair.key)) && fitsInAnyCase(value, pair.value)),
      );
    case "source-ip":
      return request.sourceIp !== undefined && condition.values.some((range) => isWithin(request.sourceIp!, range));
  }
}

/** A pattern can have no port in it, so what is compared has none. */
function hostName(host: string): string {
  return host.replace(/:\d+$/, "");
}

function headersOf({ headers = {} }: Request, name: string): string[] {
  return Object.entries(headers)
    .filter(([key]) => key.toLowerCase() === name.toLowerCase())
    .flatMap(([, value]) => value);
}

/** Whether an address is in a range such as `10.0.0.0/8`; of the connection itself, not of `X-Forwarded-For`. */
export function isWithin(address: string, range: string): boolean {
  const [own, all] = [addressRange(address), addressRange(range)];
  return own !== undefined && all !== undefined && coverAddresses([all], own);
}
