/** A text that a shell holds. */
export interface Value {
  text: string;
  /** Whether nobody can have changed it: what an image sets the task may set anew. */
  isSure: boolean;
  /** Nobody has set the variable. */
  isUnset?: true;
  /** Of words: it is none where the variable is as empty as in the image. */
  isAbsent?: true;
}

/** A variable that nobody has set. */
export const unset: Value = { text: "", isSure: true, isUnset: true };

/** Of a shell that may have been given any. */
const mayBeSet = () => false;

/** What a shell knows of its variables. One that it has not come upon is unset where nobody can have set it, and not known else. */
export class Variables {
  private constructor(
    private known: Map<string, Value | undefined>,
    private isUnset: (name: string) => boolean,
  ) {}

  /** @param isUnset of those that are not listed; any may be set by default */
  static of(entries: Iterable<[string, Value]>, isUnset: (name: string) => boolean = mayBeSet): Variables {
    return new Variables(new Map(entries), isUnset);
  }

  /** What is true of both. */
  static ofBoth(a: Variables, b: Variables): Variables {
    const names = [...new Set([...a.known.keys(), ...b.known.keys()])];
    const values = names.map((name): [string, Value | undefined] => [name, sameValue(a.get(name), b.get(name)) ? a.get(name) : undefined]);
    return new Variables(new Map(values), a.isUnset === b.isUnset ? a.isUnset : mayBeSet);
  }

  copy(): Variables {
    return new Variables(new Map(this.known), this.isUnset);
  }

  /** Undefined for what is not known. */
  get(name: string): Value | undefined {
    if (this.known.has(name)) return this.known.get(name);
    return this.isUnset(name) ? unset : undefined;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  set(name: string, value: Value): void {
    this.known.set(name, value);
  }

  /** It may have any value from here on, or none. */
  forget(name: string): void {
    this.known.set(name, undefined);
  }

  forgetAll(): void {
    this.known.clear();
    this.isUnset = mayBeSet;
  }

  /** What nobody has set may be set from here on. */
  othersMayBeSet(): void {
    for (const [name, value] of this.known) if (value?.isUnset) this.known.set(name, undefined);
    this.isUnset = mayBeSet;
  }

  *given(): Iterable<[string, string]> {
    for (const [name, value] of this.known) if (value && !value.isUnset) yield [name, value.text];
  }
}

export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  return a?.text === b?.text && a?.isSure === b?.isSure && a?.isUnset === b?.isUnset;
}
