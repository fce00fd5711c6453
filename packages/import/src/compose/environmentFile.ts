import { filled } from "./interpolate";

/** A variable of a file. */
export interface FileVariable {
  /** Undefined where the name stands alone: its value is that of whoever runs Compose. */
  value?: string;
  /** As it is written, before anything was filled in. */
  raw?: string;
  /** Variables in its value that nobody here knows. */
  unknown: readonly string[];
}

/**
 * Variables of an `.env` file, or of one under `env_file`, as Compose reads it: comments, `export`, quotes, values that go on over lines within quotes, and
 * variables in values, but for those in single quotes.
 *
 * @param values what variables in values are, beside those of the file itself
 * @see https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
 */
export function environmentFile(text: string, values: ReadonlyMap<string, string> = new Map()): Map<string, FileVariable> {
  const found = new Map<string, FileVariable>();
  let rest = text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  for (;;) {
    rest = rest.replace(/^(?:\s+|#[^\n]*)+/, "");
    if (rest === "") return found;
    const [head, name, separator] = /^(?:export[^\S\n]+)?([\p{L}\p{N}_.[\]-]+)[^\S\n]*([=:\n]|$)[^\S\n]*/u.exec(rest) ?? [];
    if (head === undefined || name === undefined) rest = afterLine(rest);
    else if (separator === "=" || separator === ":") {
      const read = valueAt(rest.slice(head.length));
      rest = read.rest;
      const known = new Map([
        ...[...found].flatMap(([key, { value }]): [string, string][] => (value === undefined ? [] : [[key, value]])),
        ...values,
      ]);
      // What Compose refuses stands as it is.
      const result = read.isLiteral ? undefined : filled(read.text, known);
      found.set(name, { value: result?.text ?? read.text, raw: read.raw, unknown: result?.unknown ?? [] });
    } else {
      found.set(name, { value: values.get(name), unknown: [] });
      rest = rest.slice(head.length);
    }
  }
}

/** Variables of a file of `format: raw`: what follows the first equals sign, as it is. */
export function rawEnvironmentFile(text: string, values: ReadonlyMap<string, string>): Map<string, FileVariable> {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line) => line.trimStart());
  return new Map(
    lines.flatMap((line): [string, FileVariable][] => {
      if (line === "" || line.startsWith("#")) return [];
      const equals = line.indexOf("=");
      const raw = equals < 0 ? undefined : line.slice(equals + 1);
      const name = equals < 0 ? line : line.slice(0, equals);
      return /\s/.test(name) || name === "" ? [] : [[name, { value: raw ?? values.get(name), raw, unknown: [] }]];
    }),
  );
}

interface Read {
  text: string;
  raw: string;
  /** In single quotes, where nothing is filled in. */
  isLiteral: boolean;
  rest: string;
}

function valueAt(text: string): Read {
  const quote = text[0];
  const end = quote === '"' || quote === "'" ? closing(text, quote) : -1;
  if (end < 0) {
    const line = text.split("\n")[0]!;
    const raw = line.split(" #")[0]!.trimEnd();
    return { text: raw, raw, isLiteral: false, rest: text.slice(line.length) };
  }
  const raw = text.slice(1, end).replaceAll(`\\${quote}`, quote!);
  const isLiteral = quote === "'";
  return { text: isLiteral ? raw : unescaped(raw), raw, isLiteral, rest: afterLine(text.slice(end + 1)) };
}

const afterLine = (text: string) => text.replace(/^[^\n]*/, "");

/** Where a quote ends that a text begins with; a backslash before it keeps it open. */
function closing(text: string, quote: string): number {
  for (let index = 1; index < text.length; index++) {
    if (text[index] === "\\") index++;
    else if (text[index] === quote) return index;
  }
  return -1;
}

const escapes: Record<string, string> = { a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v", '"': '"', "\\": "\\", $: "$$" };

/** `$$` is one that begins no variable. */
function unescaped(text: string): string {
  return text.replaceAll(/\\(?:([abfnrtv$"\\])|0([0-7]{3}))/g, (_, letter?: string, octal?: string) =>
    letter === undefined ? String.fromCharCode(parseInt(octal!, 8) & 255) : escapes[letter]!,
  );
}
