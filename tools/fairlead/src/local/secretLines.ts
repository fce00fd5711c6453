/** A line, or some where quotes hold more than one, of a file of variables. */
export interface SecretLine {
  /** From 1 on. */
  line: number;
  /** Undefined where the line has none that could be read. */
  name?: string;
  /** Why Compose would read it otherwise than it stands, or not at all. No value is in it. */
  problem?: string;
}

/**
 * The lines of a file of secrets, as Compose reads them. What it would take for something else than stands there is told, so that nothing is left that it would complain of: its complaints have
 * the line in them.
 *
 * @see https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
 */
export function secretLines(text: string): SecretLine[] {
  const found: SecretLine[] = [];
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  for (let index = 0; index < lines.length; index++) {
    const written = trimmed(lines[index]!);
    if (written === "" || written.startsWith("#")) continue;
    const line = index + 1;
    const [, name, value = ""] = /^(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*[=:](.*)$/.exec(written) ?? [];
    if (name === undefined) {
      found.push({ line, problem: "is no NAME='value'" });
      continue;
    }
    const given = trimmed(value);
    const quote = /^['"]/.exec(given)?.[0];
    if (quote === undefined) {
      found.push({ line, name, ...problem(unquotedProblem(given)) });
      continue;
    }
    // The rest of the line, and those below it up to the quote's end.
    const begun = [given.slice(1), ...lines.slice(index + 1)].join("\n");
    const end = begun.indexOf(quote);
    if (end < 0) {
      found.push({ line, name, problem: `begins with a ${quote} that nothing ends` });
      return found;
    }
    const [inside, after] = [begun.slice(0, end), begun.slice(end + 1).split("\n")[0]!];
    found.push({ line, name, ...problem(quotedProblem(quote, inside, after)) });
    index += inside.split("\n").length - 1;
  }
  return found;
}

const problem = (text: string | undefined) => text !== undefined && { problem: text };

/** Without blanks and tabs: what else JavaScript takes for blank, such as a byte order mark, Compose takes for a part of the value. */
const trimmed = (text: string): string => text.replace(/^[ \t]+|[ \t]+$/g, "");

function unquotedProblem(value: string): string | undefined {
  if (/[^\S \t]|\ufeff/.test(value)) return "has a blank that is none to Compose";
  if (value.includes("$") || /\s#/.test(value)) return "has a `$` or ` #` outside of single quotes";
  // A quote in the middle is one to some versions, and none to others.
  return /['"\\]/.test(value) ? "has a quote or a backslash outside of single quotes" : undefined;
}

function quotedProblem(quote: string, inside: string, after: string): string | undefined {
  if (!/^\s*(#.*)?$/.test(after)) return `has something after the ${quote} that ends it`;
  if (quote === "'") return inside.endsWith("\\") ? "has a backslash before the ' that ends it" : undefined;
  return /[$\\]/.test(inside) ? "has a `$` or a backslash between double quotes" : undefined;
}
