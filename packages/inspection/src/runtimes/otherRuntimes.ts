import { posix } from "node:path";

import { finding, may, type Finding } from "../finding";
import type { Container } from "../container/container";
import { parseCommandLine, valueOf, type OptionTable } from "./commandLine";
import { nothingToRun } from "./nothingToRun";
import { requiredByPhp } from "./phpRequires";
import { exists, open, toldProblem, type Opened } from "../programs/toldFile";

/** An interpreter whose first word that is no option is the file that it runs. */
interface Interpreter {
  who: string;
  /** File name of the program itself. */
  program: RegExp;
  options: OptionTable;
  /** Options with which it is told otherwise what to run. */
  others: readonly string[];
  example: string;
  /** What more it is told. */
  more?: (line: NonNullable<ReturnType<typeof parseCommandLine>>, container: Container) => Finding | undefined;
  /** What it surely loads as it starts, and can't. */
  loads?: (program: Extract<Opened, { kind: "file" }>, container: Container) => Finding | undefined;
}

const interpreters: readonly Interpreter[] = [
  {
    who: "php",
    program: /^php(\d(\.\d+)?)?$/,
    options: {
      withValue: new Set([
        "-c",
        "-d",
        "-f",
        "-t",
        "-S",
        "-r",
        "-B",
        "-R",
        "-F",
        "-E",
        "-z",
        "--docroot",
        "--server",
        "--file",
        "--php-ini",
      ]),
      flags: /^(-n|-q|-C|-d\S+|-[aehilmsvw]|--\w+)$/,
    },
    others: ["-r", "-B", "-R", "-F", "-E", "-a", "-e", "-h", "-i", "-l", "-m", "-s", "-v", "-w", "-f", "--file"],
    example: "php server.php",
    more: (line, container) => {
      const root = valueOf(line, "-t", "--docroot");
      if (root === undefined || valueOf(line, "-S", "--server") === undefined) return undefined;
      const opened = open(root, container);
      return opened.kind === "missing" ? toldProblem("php", opened) : undefined;
    },
    loads: ({ path, text = "" }, container) => {
      const files = requiredByPhp(text);
      const missing = files.find((file) => open(posix.dirname(path) + file, container).kind === "missing");
      const fix = missing?.startsWith("/vendor/")
        ? "RUN composer install --no-dev in the Dockerfile, in the stage that runs, or copy vendor from the one that does."
        : "COPY it in the Dockerfile.";
      if (missing === undefined) return undefined;
      const found = finding("FL2143", `${path} loads ${posix.dirname(path)}${missing} as it starts, which is not in the image`, fix, path);
      // What is loaded first may make it, or end the program.
      return missing === files[0] ? found : may(found);
    },
  },
  {
    who: "ruby",
    program: /^ruby(\d\.\d)?$/,
    options: {
      withValue: new Set(["-I", "-r", "-e", "-C", "-E"]),
      flags: /^(-[wWvUSs]|-W\S+|-I\S+|-r\S+|-C\S+|-E\S+|--(yjit|jit|enable|disable|enable=\S+|disable=\S+|version|help))$/,
    },
    others: ["-e", "-C", "-S", "-v", "--version", "--help", "-s"],
    example: "ruby server.rb",
    more: ({ options }, container) => {
      const first = options.flatMap(({ name, value }) => (name.startsWith("-r") ? (value ?? name.slice(2)) : []));
      // Others are looked for in folders that gems add to.
      const missing = first.find((file) => /^\.{0,2}\//.test(file) && !["", ".rb", ".so"].some((end) => isThere(file + end, container)));
      return missing === undefined
        ? undefined
        : finding(
            "FL2140",
            `ruby is told to load ${missing} first, and there is no such file`,
            "COPY it in the Dockerfile, or correct the path.",
            missing,
          );
    },
  },
  {
    who: "perl",
    program: /^perl(5[\d.]*)?$/,
    options: { withValue: new Set(["-I"]), flags: /^-([wWtTuU]|I\S+|M\S+|m\S+)$/ },
    others: [],
    example: "perl server.pl",
  },
];

/** What keeps one of the languages that need no more than a file from running it; undefined for another program. */
export function interpreterProblems(program: string, words: readonly string[], container: Container): Finding[] | undefined {
  const interpreter = interpreters.find((one) => one.program.test(program));
  if (!interpreter) return undefined;
  const line = parseCommandLine(words.slice(1), interpreter.options);
  // An option's value may stand right behind its letter.
  if (!line || line.options.some(({ name }) => interpreter.others.includes(name) || /^-C/.test(name))) return [];
  const more = interpreter.more?.(line, container);
  if (more) return [more];
  const [file] = line.rest;
  const serves = interpreter.who === "php" && valueOf(line, "-S", "--server") !== undefined;
  // PHP's own server takes a script that is not there for a part of its folder.
  if (serves) return [];
  if (file === undefined || file === "-") return nothingToRun(interpreter.who, interpreter.example, words, container);
  const opened = open(file, container);
  const problem = toldProblem(interpreter.who, opened) ?? (opened.kind === "file" ? interpreter.loads?.(opened, container) : undefined);
  return problem ? [problem] : [];
}

function isThere(path: string, container: Container): boolean {
  return exists(posix.resolve(container.workingDirectory, path), container);
}

/** `bundle exec puma` needs a Gemfile in the working directory or above. */
export function bundlerProblems(words: readonly string[], container: Container): Finding[] {
  if (words[1] !== "exec" || container.environment.has("BUNDLE_GEMFILE") || container.environment.has("BUNDLE_APP_CONFIG")) return [];
  const parts = container.workingDirectory.split("/").filter(Boolean);
  const folders = Array.from({ length: parts.length + 1 }, (_, index) => `/${parts.slice(0, parts.length - index).join("/")}`);
  const known = folders.flatMap((folder) => ["Gemfile", "gems.rb", ".bundle"].map((name) => open(`${folder}/${name}`, container)));
  if (known.some(({ kind }) => kind !== "missing")) return [];
  const fix = "COPY Gemfile and Gemfile.lock into the last stage, and set WORKDIR to where they are.";
  return [
    finding(
      "FL2140",
      `bundle looks for a Gemfile in ${container.workingDirectory} and above it, and there is none`,
      fix,
      `${container.workingDirectory}/Gemfile`,
    ),
  ];
}

/** `puma -C config/puma.rb`: a configuration that is named must be there. */
export function pumaProblems(words: readonly string[], container: Container): Finding[] {
  const at = words.findLastIndex((word) => word === "-C" || word === "--config");
  const named = at < 0 ? undefined : words[at + 1];
  const opened = named === undefined || named === "-" ? undefined : open(named, container);
  if (opened?.kind !== "missing") return [];
  const fix = "COPY it in the Dockerfile, or correct the path.";
  return [finding("FL2140", `puma is told to read ${opened.path}, and ${opened.why}`, fix, opened.path)];
}
