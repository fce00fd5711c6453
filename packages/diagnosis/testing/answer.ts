import type { AnsweringAccount } from "./account";

/** Answers an operation's input, or throws a `Refusal`. */
export type Answer<Input = never, Output = object> = (input: Input, account: AnsweringAccount) => Output;

/** The answers of a service, by operation. */
export type Answers = Record<string, Answer>;

/** A page of a list, and where the next begins. */
export function page<T>(items: readonly T[], token: string | undefined, size: number): { items: T[]; next: string | undefined } {
  const begin = token === undefined ? 0 : Number(Buffer.from(token, "base64url").toString());
  const end = begin + size;
  return { items: items.slice(begin, end), next: end < items.length ? Buffer.from(String(end)).toString("base64url") : undefined };
}

/** Whether AWS's filters let something pass; `valueOf` gives what a filter's name stands for. */
export function passes(
  filters: readonly { Name?: string; Values?: string[] }[] = [],
  valuesOf: (name: string) => (string | undefined)[],
): boolean {
  return filters.every(({ Name, Values = [] }) =>
    valuesOf(Name!).some((value) => value !== undefined && Values.some((wanted) => wildcard(wanted).test(value))),
  );
}

/** In filters `*` is any text and `?` any character. */
function wildcard(text: string): RegExp {
  const escaped = text.replace(/[\\^$.+()[\]{}|]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
}
