import { finding, may, type Finding } from "../finding";
import { isIn, type Container } from "../container/container";
import { programName } from "./programName";

/** A program that many images run, and that ends where it can write to none of its folders. */
interface Writer {
  names: RegExp;
  /** Where it writes by default; one that can be written is taken for a configuration that says so. */
  folders: readonly string[];
  what: string;
  fix: string;
  /** Whether it was told to do without. */
  isTold?: (words: readonly string[], container: Container) => boolean;
}

const temporary = ["/tmp", "/var/tmp", "/usr/tmp"];
const state = ["/run", "/var/run", "/var/log"];

/** Each was run on a root that can't be written, and ended. */
const writers: readonly Writer[] = [
  {
    names: /^gunicorn3?$/,
    folders: temporary,
    what: "a file in /tmp for each worker (No usable temporary directory found)",
    fix: "Let it take memory: --worker-tmp-dir /dev/shm. Or declare VOLUME /tmp, with /tmp in writableMounts.",
    isTold: (words, { environment, tree, workingDirectory }) => {
      const file = tree.resolve("gunicorn.conf.py", workingDirectory);
      const text = file.found && file.node.kind === "file" ? file.node.text : "";
      const told = [...words, environment.get("GUNICORN_CMD_ARGS") ?? "", text ?? ""].join(" ");
      return environment.has("TMPDIR") || /worker[-_]tmp[-_]dir|(^| )(-c|--config)\b/.test(told);
    },
  },
  {
    names: /^(nginx|openresty)$/,
    folders: [...temporary, ...state, "/var/cache/nginx", "/var/lib/nginx", "/usr/local/openresty"],
    what: "its pid file, its logs and the bodies of requests",
    fix: "Declare /var/cache/nginx and /run as VOLUME of the user's and name them in writableMounts, with pid and *_temp_path below them.",
  },
  {
    names: /^supervisord$/,
    folders: [...temporary, ...state],
    what: "its log, its socket and the output of its programs",
    fix: "Declare /tmp, /run and /var/log/supervisor as VOLUME and name them in writableMounts; better, run one program in a container.",
  },
  {
    names: /^cron$/,
    folders: state,
    what: "its pid file",
    fix: "Run a job on a schedule of ECS's instead, or name /run in writableMounts.",
  },
];

/** What a program is known to write, where nothing can be written: told, for its configuration may say otherwise. */
export function readOnlyRootProblems(words: readonly string[], container: Container): Finding[] {
  const { writable } = container;
  if (!writable) return [];
  const name = programName(words);
  const writer = writers.find(({ names }) => names.test(name));
  if (!writer || writer.isTold?.(words, container)) return [];
  const isCovered = (folder: string) => isIn(folder, writable);
  const isPartlyCovered = (folder: string) => writable.some((mount) => isIn(mount, [folder]));
  if (writer.folders.some((folder) => isCovered(folder) || isPartlyCovered(folder))) return [];
  // Where Python finds no other folder for temporary files.
  if (writer.folders === temporary && isCovered(container.workingDirectory)) return [];
  return [
    may(
      finding(
        "FL2152",
        `${name} writes ${writer.what}, and the task has a root file system that can't be written, with no volume for it`,
        `${writer.fix} Or set readonlyRootFilesystem: false.`,
        words[0],
      ),
    ),
  ];
}
