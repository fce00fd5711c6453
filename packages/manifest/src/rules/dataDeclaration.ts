import type { DataKind } from "@fairlead/model";

/** What names of data usually stand for. */
const usual: [pattern: RegExp, kind: Exclude<DataKind, "table">][] = [
  [/secret|password|token|(?:^|[-_])key$/, "secret"],
  [/cache|redis|valkey|session/, "cache"],
  [/queue|jobs|requests|tasks/, "queue"],
  [/topic|events|notifications/, "topic"],
  [/bucket|files|uploads|images|pictures|assets|documents|reports|exports/, "bucket"],
];

/** The line of stacks/data.ts that declares data of this name, with the kind that it likely is: `sessions: cache(),`. */
export function dataDeclaration(name: string): string {
  const [, kind] = usual.find(([pattern]) => pattern.test(name.toLowerCase())) ?? ["", "postgres"];
  return `${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)}: ${kind}(),`;
}
