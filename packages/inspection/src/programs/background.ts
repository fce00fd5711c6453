import { posix } from "node:path";

import type { FileTree } from "../files/fileTree";
import { finding, may, type Finding } from "../finding";
import type { Container } from "../container/container";
import { findProgram } from "./findProgram";
import { programName } from "./programName";

/** A program that goes to the background and ends, unless it is told to stay: the container ends with it. */
interface Daemon {
  names: RegExp;
  goes: (words: readonly string[], container: Container) => boolean;
  fix: string;
}

const has = (pattern: RegExp) => (words: readonly string[]) => words.some((word) => pattern.test(word));
const hasNo = (pattern: RegExp) => (words: readonly string[]) => !has(pattern)(words);

const daemons: readonly Daemon[] = [
  {
    names: /^(nginx|openresty)$/,
    goes: (words, { tree }) => {
      if (has(/daemon\s+off|^-[tTvVhs?]/)(words)) return false;
      const text = textOf(tree, words[words.indexOf("-c") + 1 || words.length] ?? "/etc/nginx/nginx.conf");
      return (
        text !== undefined &&
        !/^[ \t]*daemon[ \t]+off[ \t]*;/m.test(text) &&
        !/^[ \t]*include[ \t]/m.test(text.split(/^[ \t]*(?:events|http)\b/m)[0]!)
      );
    },
    fix: 'CMD ["nginx", "-g", "daemon off;"]',
  },
  {
    names: /^httpd$/,
    goes: (words, container) => ofBusyBox(words, container) && hasNo(/^-\w*f/)(words),
    fix: "Run it with -f.",
  },
  {
    names: /^(apache2|httpd)$/,
    goes: (words, container) => !ofBusyBox(words, container) && hasNo(/FOREGROUND|NO_DETACH|^-[XtSVvlLMh?k]/)(words),
    fix: "Run it with -DFOREGROUND.",
  },
  { names: /^(apache2ctl|apachectl)$/, goes: hasNo(/FOREGROUND|NO_DETACH|^-[XtSVvlLM]/), fix: "Run it with -DFOREGROUND." },
  { names: /^cron$/, goes: hasNo(/^-\w*f/), fix: "Run it with -f." },
  { names: /^crond$/, goes: hasNo(/^-\w*[fnd]/), fix: "Run it with -f." },
  { names: /^sshd$/, goes: hasNo(/^-\w*[DdtT]/), fix: "Run it with -D." },
  { names: /^redis-server$/, goes: (words) => /--daemonize yes\b/.test(words.join(" ")), fix: "Remove --daemonize yes." },
  { names: /^gunicorn3?$/, goes: has(/^(-D|--daemon)$/), fix: "Remove --daemon." },
  { names: /^php-fpm[\d.]*$/, goes: has(/^(-D|--daemonize)$/), fix: "Run it with -F." },
  { names: /^(memcached|uwsgi)$/, goes: has(/^(-d|--daemon|--daemonize\b.*)$/), fix: "Leave the option out that makes a daemon of it." },
  {
    names: /^(startup|catalina)\.sh$/,
    goes: (words) => programName(words) === "startup.sh" || words[1] === "start",
    fix: "Run: catalina.sh run",
  },
  {
    names: /^pm2$/,
    goes: (words) => words[1] === "start" && hasNo(/^--no-daemon$/)(words),
    fix: "Run pm2-runtime, or pm2 start --no-daemon.",
  },
  { names: /^(service|rc-service)$/, goes: (words) => words[2] === "start", fix: "Run the program itself, in the foreground." },
  {
    names: /^supervisord$/,
    goes: (words, { tree }) => {
      if (has(/^(-\w*[nvh]|--nodaemon|--version|--help)$/)(words)) return false;
      const file =
        words[words.findIndex((word) => /^(-c|--configuration)$/.test(word)) + 1 || words.length] ?? "/etc/supervisor/supervisord.conf";
      const text = textOf(tree, file);
      return text !== undefined && !/^[ \t]*nodaemon[ \t]*=[ \t]*(true|1|yes|on)/im.test(text);
    },
    fix: "Run it with -n, or set nodaemon=true.",
  },
];

/** What ends as soon as it has started what should go on: told, for a configuration may say otherwise. */
export function backgroundProblems(words: readonly string[], container: Container): Finding[] {
  const name = programName(words);
  const daemon = daemons.find(({ names, goes }) => names.test(name) && goes(words, container));
  if (!daemon) return [];
  return [may(finding("FL2153", `${name} goes to the background and ends, as it is run here`, daemon.fix, words[0]))];
}

/** `["/bin/sh", "-c", "service nginx start"]` is a single command: what it is. Another text says nothing. */
export function singleCommand(words: readonly string[]): readonly string[] {
  const [shell = "", flags, text] = words;
  if (!/(^|\/)(sh|bash|dash|ash)$/.test(shell) || flags !== "-c" || text === undefined) return words;
  return /^[\w./ :=,-]+$/.test(text)
    ? text
        .replace(/^\s*exec\s/, "")
        .trim()
        .split(/\s+/)
    : words;
}

/** Alpine's `httpd` is no Apache. */
function ofBusyBox([program = ""]: readonly string[], container: Container): boolean {
  const found = findProgram(program, container, "execvp");
  return found !== undefined && posix.basename(found.path).startsWith("busybox");
}

function textOf(tree: FileTree, path: string): string | undefined {
  const found = tree.resolve(path);
  return found.found && found.node.kind === "file" ? found.node.text : undefined;
}
