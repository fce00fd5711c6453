/**
 * One word of HAProxy's configuration, whatever is in it.
 *
 * @see https://docs.haproxy.org/3.2/configuration.html#2.2
 */
export function quoted(text: string): string {
  const escaped = text.replace(/[\\"$]/g, "\\$&").replace(/\p{Cc}/gu, (control) => controls[control] ?? hexadecimal(control));
  return `"${escaped}"`;
}

/** A word can't have the first in it. */
const controls: Record<string, string> = { "\0": "", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Text of a format in which `%` begins a variable. Still to be quoted. */
export function inFormat(text: string): string {
  return text.replace(/%/g, "%%");
}

/** The same for each byte of UTF-8: `é` is `\xc3\xa9`, for HAProxy's strings and for regular expressions. */
export function hexadecimal(text: string): string {
  return [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
}

/** Names as HAProxy takes them for its sections and servers, each given once. */
export class Names {
  private readonly given = new Set<string>();

  unused(wanted: string): string {
    const name = wanted.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^-+/, "") || "unnamed";
    let free = name;
    for (let count = 2; this.given.has(free); count++) free = `${name}-${count}`;
    this.given.add(free);
    return free;
  }
}
