/**
 * Variables of an `.env` file as Compose reads it: comments, `export`, quotes, and values that go on over lines within quotes.
 *
 * @see https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
 */
export function environmentFile(text: string): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index++) {
    const [, name, equals, rest = ""] = /^\s*(?:export\s+)?([\w.-]+)\s*(?:([=:])\s*(.*))?$/.exec(lines[index]!) ?? [];
    if (name === undefined) continue;
    if (equals === undefined) {
      found.set(name, undefined);
      continue;
    }
    const quote = rest[0];
    if (quote !== '"' && quote !== "'") {
      found.set(name, rest.replace(/(?:^|\s+)#.*$/, "").trimEnd());
      continue;
    }
    let value = rest.slice(1);
    while (endOf(value, quote) < 0 && index + 1 < lines.length && value.length < 100_000) value += `\n${lines[++index]!}`;
    const end = endOf(value, quote);
    const inner = end < 0 ? value : value.slice(0, end);
    found.set(name, quote === '"' ? inner.replaceAll(/\\([nrt"\\$])/g, (_, letter: string) => escapes[letter] ?? letter) : inner);
  }
  return found;
}

const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t" };

function endOf(text: string, quote: string): number {
  for (let index = 0; index < text.length; index++) {
    if (text[index] === "\\" && quote === '"') index++;
    else if (text[index] === quote) return index;
  }
  return -1;
}
