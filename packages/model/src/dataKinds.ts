import { variablePrefix } from "./variables";

/** What a service may do with what it is bound to. */
export type Access = "read" | "write" | "readWrite";

/** What is known of a kind of data before there is any of it. */
interface DataKindFacts {
  /** Access that makes sense; the first is the default. */
  access: readonly [Access, ...Access[]];
  /** Variables that a binding brings, by the end of each name. */
  environment: readonly string[];
  /** The same, read from where they are kept when a task starts. */
  secrets: readonly string[];
}

const kinds = {
  postgres: { access: ["readWrite", "read"], environment: ["HOST", "PORT", "DATABASE"], secrets: ["USERNAME", "PASSWORD"] },
  cache: { access: ["readWrite"], environment: ["URL"], secrets: [] },
  queue: { access: ["readWrite", "read", "write"], environment: ["QUEUE_URL"], secrets: [] },
  topic: { access: ["write"], environment: ["TOPIC_ARN"], secrets: [] },
  table: { access: ["readWrite", "read"], environment: ["TABLE_NAME"], secrets: [] },
  bucket: { access: ["readWrite", "read", "write"], environment: ["BUCKET"], secrets: [] },
  fileSystem: { access: ["readWrite", "read"], environment: ["PATH"], secrets: [] },
} as const satisfies Record<string, DataKindFacts>;

/** What services can be bound to. */
export type DataKind = keyof typeof kinds;
export const dataKinds = Object.keys(kinds) as DataKind[];

/** Access that makes sense for a kind; the first is the default. */
export function accessOf(kind: DataKind): DataKindFacts["access"] {
  return kinds[kind].access;
}

type Named<Ends extends readonly string[]> = Record<Ends[number], string>;

/** The names of the variables that a service gets with data of a kind: `HOST` of the postgres `accounts` is `ACCOUNTS_HOST`. */
export function bindingVariables<K extends DataKind>(
  kind: K,
  name: string,
): { environment: Named<(typeof kinds)[K]["environment"]>; secrets: Named<(typeof kinds)[K]["secrets"]> } {
  const named = (ends: readonly string[]) => Object.fromEntries(ends.map((end) => [end, `${variablePrefix(name)}_${end}`]));
  const { environment, secrets } = kinds[kind];
  return { environment: named(environment), secrets: named(secrets) } as ReturnType<typeof bindingVariables<K>>;
}
