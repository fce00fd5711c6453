import { lettersDigitsHyphens, rule, words, type NameRule } from "./nameRule";
import { variablePrefix } from "./variables";

/** What a service may do with what it is bound to. */
export type Access = "read" | "write" | "readWrite";

/** What is known of a kind of data before there is any of it. */
interface DataKindFacts {
  /** Access that makes sense. */
  access: readonly [Access, ...Access[]];
  /** What a service gets that asks for none. */
  defaultAccess: Access;
  /** What a worker gets instead, where it stands at the other end. */
  defaultAccessOfWorker?: Access;
  /** Variables that a binding brings, by the end of each name. */
  environment: readonly string[];
  /** The same, read from where they are kept when a task starts. */
  secrets: readonly string[];
  /** Names that AWS accepts; undefined where AWS itself names it. */
  name?: NameRule;
}

const kinds = {
  postgres: {
    access: ["readWrite", "read"],
    defaultAccess: "readWrite",
    environment: ["HOST", "PORT", "DATABASE"],
    secrets: ["USERNAME", "PASSWORD"],
    name: rule(63, /^[A-Za-z](?!.*--)[A-Za-z0-9-]*(?<!-)$/, "letters, digits and single hyphens, a letter first"),
  },
  cache: {
    access: ["readWrite"],
    defaultAccess: "readWrite",
    environment: ["URL"],
    secrets: [],
    name: rule(40, /^[a-z](?!.*--)[a-z0-9-]*(?<!-)$/, "lower-case letters, digits and single hyphens, a letter first"),
  },
  queue: {
    access: ["readWrite", "read", "write"],
    defaultAccess: "write",
    defaultAccessOfWorker: "read",
    environment: ["QUEUE_URL"],
    secrets: [],
    name: rule(80, words, lettersDigitsHyphens),
  },
  topic: {
    access: ["write"],
    defaultAccess: "write",
    environment: ["TOPIC_ARN"],
    secrets: [],
    name: rule(256, words, lettersDigitsHyphens),
  },
  table: {
    access: ["readWrite", "read"],
    defaultAccess: "readWrite",
    environment: ["TABLE_NAME"],
    secrets: [],
    name: rule(255, /^[A-Za-z0-9_.-]{3,}$/, "3 or more letters, digits, hyphens, underscores and dots"),
  },
  bucket: {
    access: ["readWrite", "read", "write"],
    defaultAccess: "readWrite",
    environment: ["BUCKET"],
    secrets: [],
    name: rule(63, /^[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,}[a-z0-9]$/, "3 or more lower-case letters, digits, hyphens and dots"),
  },
  secret: { access: ["read"], defaultAccess: "read", environment: [], secrets: ["VALUE"] },
  fileSystem: { access: ["readWrite", "read"], defaultAccess: "readWrite", environment: ["PATH"], secrets: [] },
} as const satisfies Record<string, DataKindFacts>;

type Kinds = typeof kinds;
/** What services can be bound to. */
export type DataKind = keyof Kinds;
export const dataKinds = Object.keys(kinds) as DataKind[];

/** Access that makes sense for a kind. */
export function accessOf(kind: DataKind): DataKindFacts["access"] {
  return kinds[kind].access;
}

/** What a service gets that asks for no access; `serviceKind` is its `kind:`. */
export function defaultAccessOf(kind: DataKind, serviceKind: string): Access {
  const { defaultAccess, defaultAccessOfWorker = defaultAccess }: DataKindFacts = kinds[kind];
  return serviceKind === "worker" ? defaultAccessOfWorker : defaultAccess;
}

type NamedKind = { [K in DataKind]: Kinds[K] extends { name: NameRule } ? K : never }[DataKind];
/** Names that AWS accepts, of the kinds that have one. */
export const dataNameRules = Object.fromEntries(
  Object.entries(kinds).flatMap(([kind, facts]) => ("name" in facts ? [[kind, facts.name]] : [])),
) as Record<NamedKind, NameRule>;

type Named<Ends extends readonly string[]> = Record<Ends[number], string>;

/** The names of the variables that a service gets with data of a kind: `HOST` of the postgres `accounts` is `ACCOUNTS_HOST`. */
export function bindingVariables<K extends DataKind>(
  kind: K,
  name: string,
): { environment: Named<Kinds[K]["environment"]>; secrets: Named<Kinds[K]["secrets"]> } {
  const named = (ends: readonly string[]) => Object.fromEntries(ends.map((end) => [end, `${variablePrefix(name)}_${end}`]));
  const { environment, secrets } = kinds[kind];
  return { environment: named(environment), secrets: named(secrets) } as ReturnType<typeof bindingVariables<K>>;
}

/** Parts that are there only where `as` names them: of a database with its password in them, of a cache what is in its URL. */
const namedOnly: Partial<Record<DataKind, Record<string, BindingPart>>> = {
  postgres: { url: { isSecret: true }, secret: { isSecret: true } },
  cache: { host: { isSecret: false }, port: { isSecret: false } },
};

/** What a binding brings, by the names that `as` of a manifest has for it, and whether a task reads it as a secret. */
export interface BindingPart {
  /** The variable that it has without `as`; those of {@link namedOnly} have none. */
  variable?: string;
  isSecret: boolean;
}

/** Variables of a service's own names by the part of a binding that they have: one, or several for programs that ask for the same under more than one name. */
export type BindingNames = Readonly<Record<string, string | readonly string[]>>;

/** The variables that a part of a binding has besides the usual one. */
export function bindingNames(as: BindingNames | undefined, part: string): readonly string[] {
  const named = as?.[part];
  return named === undefined ? [] : typeof named === "string" ? [named] : named;
}

/** The parts of a binding that can have a variable of one's own name: `host` of the postgres `accounts` is `ACCOUNTS_HOST` besides. */
export function bindingParts(kind: DataKind, name: string): ReadonlyMap<string, BindingPart> {
  const { environment, secrets } = kinds[kind];
  const part = (end: string) => end.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const named = (ends: readonly string[], isSecret: boolean) =>
    ends.map((end): [string, BindingPart] => [part(end), { variable: `${variablePrefix(name)}_${end}`, isSecret }]);
  return new Map([...named(environment, false), ...named(secrets, true), ...Object.entries(namedOnly[kind] ?? {})]);
}
