import { comparePlans } from "../src";

/** What changes between two plans: operation, name, and paths. */
export function operations(...plans: Parameters<typeof comparePlans>): string[] {
  return comparePlans(...plans)
    .resources.filter(({ operation }) => operation !== "same")
    .map(({ operation, name, properties }) => `${operation} ${name} ${properties.map(({ path }) => path).join(",")}`.trim());
}
