/** A text without the logins of the URLs in it: what is printed ends up in logs, comments and terminals. */
export function withoutLogins(text: string): string {
  // To the last @ before the path: a password may have one that its author forgot to escape.
  return text.replace(/\/\/[^/\s"]+@/g, "//…@");
}
