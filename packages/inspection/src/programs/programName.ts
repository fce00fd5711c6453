import { posix } from "node:path";

/** What is run, without its folder: `python -m gunicorn` is gunicorn. */
export function programName([program = "", ...rest]: readonly string[]): string {
  const name = posix.basename(program);
  const module = /^python[\d.]*$/.test(name) && rest[0] === "-m" ? rest[1] : undefined;
  return module ?? name;
}
