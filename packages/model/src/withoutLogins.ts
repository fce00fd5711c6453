/** A password with a slash that its author forgot to escape, and no port, path or digest. Bounded, since each "//" is tried. */
const withSlash = /((?<!https?:)\/\/|\/\/(?![^\s/:@"']{0,200}:\d{1,5}[/?#]))[^\s/:@"']{0,200}:[^\s"']{1,256}@(?!sha\d+:)/g;

/** A text without the logins of the URLs in it: what is printed ends up in logs, comments and terminals. */
export function withoutLogins(text: string): string {
  // To the last @ before the path: a password may have one that its author forgot to escape.
  return text.replace(/\/\/[^/\s"]+@/g, "//…@").replace(withSlash, "$1…@");
}
