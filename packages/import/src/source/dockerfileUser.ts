/**
 * The user that the last stage of a Dockerfile ends as: undefined where it says none, so that the image that it begins with decides, which is mostly root.
 * `root` also for 0.
 */
export function dockerfileUser(text: string): string | undefined {
  let user: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*FROM\s/i.test(line)) user = undefined;
    const [, named] = /^\s*USER\s+(\S+)/i.exec(line) ?? [];
    if (named !== undefined) user = /^(?:root|0)(?::|$)/.test(named) ? "root" : named;
  }
  return user;
}
