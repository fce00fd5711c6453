import { posix } from "node:path";

import { finding, type Finding } from "../../finding";
import type { Container } from "../../container/container";
import { valueOf, type CommandLine } from "../commandLine";
import { open } from "../../programs/toldFile";

/** Settings that are read from a configuration where each is written once, as a text. */
const literal: Readonly<Record<string, RegExp>> = {
  worker_class: /^worker_class\s*=\s*["']([\w.]+)["']\s*(?:#.*)?$/m,
  accesslog: /^accesslog\s*=\s*["']([^"'\\]+)["']\s*(?:#.*)?$/m,
  errorlog: /^errorlog\s*=\s*["']([^"'\\]+)["']\s*(?:#.*)?$/m,
};
/** What decides where applications are, or what more is read. */
const decisive = /chdir|pythonpath|wsgi_app|reload|import \*|sys\b|exec|import_module|mkdir|makedirs|subprocess|system\(/;

/** What a configuration says of the settings that are known here; undefined where it may say more. */
export function settingsOf(text: string): Map<string, string> | undefined {
  if (decisive.test(text)) return undefined;
  const settings = new Map<string, string>();
  for (const [name, pattern] of Object.entries(literal)) {
    const value = text.split(name).length === 2 ? pattern.exec(text)?.[1] : undefined;
    if (value !== undefined) settings.set(name, value);
    else if (name === "worker_class" && text.includes(name)) return undefined;
  }
  return settings;
}

/**
 * A file of a log whose folder is not there: gunicorn writes to it before it listens.
 *
 * @see https://docs.gunicorn.org/en/stable/settings.html#accesslog
 */
export function logProblem(line: CommandLine, settings: ReadonlyMap<string, string>, container: Container): Finding | undefined {
  // Another class of logs may open no file.
  if (container.hasNewFolders || valueOf(line, "--logger-class", "--log-config", "--log-config-json") !== undefined) return undefined;
  const files = [
    valueOf(line, "--access-logfile") ?? settings.get("accesslog"),
    valueOf(line, "--error-logfile", "--log-file") ?? settings.get("errorlog"),
  ];
  const file = files.find((path) => path?.startsWith("/") && open(posix.dirname(path), container).kind === "missing");
  if (file === undefined) return undefined;
  return finding(
    "FL2140",
    `gunicorn is told to write to ${file}, and there is no ${posix.dirname(file)} in the image`,
    "Write to standard output, which goes to the task's log (--access-logfile -), or make the folder in the Dockerfile, for the task's user.",
    posix.dirname(file),
  );
}
