import { isMap, misspelt } from "@fairlead/model";
import { refusedValue, settingsError, type SettingProblem } from "@fairlead/model/files";
import * as pulumi from "@pulumi/pulumi";

/** Says what is wrong with an entry of a list, what was expected and the fix; `within` are the keys in it that lead to the place. */
export type RefuseEntry = (problem: string, expected: string, fix: string, within?: (string | number)[]) => void;

/** The values of a stack's configuration, checked: what is wrong is told all at once, with its place in the stack's file where it stands there. */
export class StackConfiguration<Key extends string> {
  private readonly config = new pulumi.Config();
  private readonly stack = pulumi.getStack();
  private readonly problems: SettingProblem[];

  /**
   * @param stacks folder of the stacks' configuration
   * @param keys all that there are: a misspelt one would leave a guard off in silence
   */
  constructor(
    private readonly stacks: string,
    keys: readonly Key[],
  ) {
    this.problems = misspeltKeys(this.config.name, keys);
  }

  text(key: Key): string | undefined {
    return this.config.get(key);
  }

  /** A text that is not the excluded one. */
  otherThan(excluded: string, key: Key, expected: string): string | undefined {
    const text = this.config.get(key);
    if (text === excluded) this.refuse(key, expected);
    return text;
  }

  /** One of these; the first by default. */
  oneOf<T extends string>(key: Key, values: readonly T[]): T {
    const text = this.config.get(key) ?? values[0]!;
    if (!(values as readonly string[]).includes(text)) this.refuse(key, `one of ${values.join(", ")}`);
    return text as T;
  }

  /** One of these; undefined where nothing is said. */
  optionalOneOf<T extends string>(key: Key, values: readonly T[]): T | undefined {
    return this.config.get(key) === undefined ? undefined : this.oneOf(key, values);
  }

  /** IPv4 addresses of a VPC. */
  range(key: Key): string | undefined {
    const text = this.config.get(key);
    if (text !== undefined && !isVpcRange(text)) this.refuse(key, "an IPv4 range that begins where its mask says, /16 to /28");
    return text;
  }

  wholeNumber(key: Key, minimum: number): number | undefined {
    const text = this.config.get(key);
    if (text === undefined) return undefined;
    if (!/^\d+$/.test(text) || Number(text) < minimum) this.refuse(key, `a whole number from ${minimum}`);
    return Number(text);
  }

  /** Texts; none by default. */
  texts(key: Key): string[] {
    const text = this.config.get(key);
    if (text === undefined) return [];
    const values = parsed(text);
    // Pulumi writes a text of digits alone, such as an account's id, as a number.
    if (Array.isArray(values) && values.every((value) => typeof value === "string" || typeof value === "number")) return values.map(String);
    this.refuse(key, "a list of texts");
    return [];
  }

  /**
   * A list whose entries have a form of their own; undefined where nothing is said, which is not the same as none.
   *
   * @param expected what the list should be
   * @param read an entry; `refuse` says what is wrong with it, at a key of its own or as a whole
   */
  list<T>(key: Key, expected: string, read: (entry: unknown, refuse: RefuseEntry) => T | undefined): T[] | undefined {
    const text = this.config.get(key);
    if (text === undefined) return undefined;
    const values = parsed(text);
    if (!Array.isArray(values)) {
      this.refuse(key, expected);
      return undefined;
    }
    const setting = `${this.config.name}:${key}`;
    return values.flatMap((entry: unknown, index) => {
      const refuse: RefuseEntry = (problem, own, fix, within = []) =>
        this.problems.push({
          key: setting,
          within: [index, ...within],
          code: "FL2407",
          problem: `${setting} ${problem}`,
          expected: own,
          fix,
        });
      return read(entry, refuse) ?? [];
    });
  }

  /**
   * A map whose values have a form of their own; an empty one where nothing is said.
   *
   * @param expected what the map should be
   * @param read a value; `refuse` says what is wrong with it
   */
  map<T>(key: Key, expected: string, read: (entry: unknown, refuse: RefuseEntry) => T | undefined): Map<string, T> {
    const text = this.config.get(key);
    const found = new Map<string, T>();
    if (text === undefined) return found;
    const values = parsed(text);
    if (!isMap(values)) {
      this.refuse(key, expected);
      return found;
    }
    const setting = `${this.config.name}:${key}`;
    for (const [name, entry] of Object.entries(values)) {
      const refuse: RefuseEntry = (problem, own, fix, within = []) =>
        this.problems.push({
          key: setting,
          within: [name, ...within],
          code: "FL2407",
          problem: `${setting}.${name} ${problem}`,
          expected: own,
          fix,
        });
      const value = read(entry, refuse);
      if (value !== undefined) found.set(name, value);
    }
    return found;
  }

  /** The accounts that the stack may be deployed to, of which Pulumi's AWS provider reads the same key; none by default: then to any. */
  allowedAccountIds(): string[] {
    const key = "allowedAccountIds";
    const text = new pulumi.Config("aws").get(key);
    const values = text === undefined ? [] : parsed(text);
    // A number has lost the zeros that an id may begin with.
    if (Array.isArray(values) && values.every((value) => typeof value === "string" && /^\d{12}$/.test(value))) return values as string[];
    const expected = 'a list of account ids of 12 digits, in quotes: ["123456789012"]';
    // `pulumi config set --path` writes an id as a number; a whole list in JSON keeps its quotes.
    const ids = text!.match(/(?<!\d)\d{12}(?!\d)/g) ?? ["<account>"];
    this.problems.push(refusedValue(this.stack, `aws:${key}`, text!, expected, `'${JSON.stringify(ids)}'`));
    return [];
  }

  /** @throws UserError with everything that was refused */
  throwIfRefused(): void {
    if (this.problems.length > 0) throw settingsError(this.stacks, this.stack, this.problems);
  }

  private refuse(key: Key, expected: string): void {
    this.problems.push(refusedValue(this.stack, `${this.config.name}:${key}`, this.config.get(key)!, expected));
  }
}

/** A composition may read keys of its own, so that only what is nearly one of ours is a mistake. */
function misspeltKeys(project: string, keys: readonly string[]): SettingProblem[] {
  const own = Object.keys(pulumi.runtime.allConfig()).filter((key) => key.startsWith(`${project}:`));
  return own.flatMap((key): SettingProblem[] => {
    const meant = misspelt(key.slice(project.length + 1), keys);
    if (meant === undefined) return [];
    const fix = "Correct it. A key of your own needs a name that is less alike.";
    return [{ key, part: "key", code: "FL2409", problem: `${key} is read by nobody`, expected: `${project}:${meant}`, fix }];
  });
}

function isVpcRange(text: string): boolean {
  const [, ...parts] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d\d)$/.exec(text)?.map(Number) ?? [];
  const [mask] = parts.splice(4);
  if (mask === undefined || mask < 16 || mask > 28 || parts.some((part) => part > 255)) return false;
  return parts.reduce((sum, part) => sum * 256 + part, 0) % 2 ** (32 - mask) === 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
