import { posix } from "node:path";

import { finding, type Finding } from "../../finding";
import type { Container } from "../../container/container";
import { valueOf, type CommandLine } from "../commandLine";
import { logProblem, settingsOf } from "./gunicornSettings";
import { applicationOf, type Server } from "./pythonServer";
import type { PythonModules } from "./pythonModules";
import { open } from "../../programs/toldFile";

/** @see https://docs.gunicorn.org/en/stable/settings.html */
export const gunicorn: Server = {
  options: {
    withValue: new Set(
      (
        "-c --config -b --bind -w --workers -k --worker-class --threads --worker-connections --max-requests --max-requests-jitter -t --timeout " +
        "--graceful-timeout --keep-alive --backlog --limit-request-line --limit-request-fields --limit-request-field_size --chdir -e --env -p --pid " +
        "--worker-tmp-dir -u --user -g --group -m --umask --access-logfile --access-logformat --error-logfile --log-file --log-level --logger-class " +
        "--log-config --log-config-json --log-syslog-to --log-syslog-prefix --log-syslog-facility -n --name --pythonpath --keyfile --certfile --ca-certs " +
        "--ssl-version --cert-reqs --ciphers --forwarded-allow-ips --proxy-allow-from --statsd-host --statsd-prefix --dogstatsd-tags --reload-engine " +
        "--reload-extra-file --paster --paste"
      ).split(" "),
    ),
    flags:
      /^(-[DR]|--(preload|daemon|capture-output|enable-stdio-inheritance|no-sendfile|reuse-port|disable-redirect-access-to-syslog|log-syslog|proxy-protocol|initgroups|spew|check-config|print-config|reload|do-handshake-on-connect|suppress-ragged-eofs|\w[\w-]*=.*))$/,
    interspersed: true,
    sticky: true,
  },
  variable: "GUNICORN_CMD_ARGS",
  told: (line, container, modules) => {
    if (line.options.some(({ name }) => /^--(paster?|check-config|print-config)$/.test(name))) return undefined;
    const config = configuration(line, container);
    if (config === "unknown") return undefined;
    if ("code" in config) return config;
    const problem =
      logProblem(line, config, container) ?? workerProblem(valueOf(line, "-k", "--worker-class") ?? config.get("worker_class"), modules);
    if (problem) return problem;
    const [name] = line.rest;
    if (name === undefined) return nothingToServe;
    // The working directory counts as well: gunicorn goes there before it reads its settings.
    const own = posix.resolve(container.workingDirectory, valueOf(line, "--chdir") ?? "");
    const missing = folderProblem(own, container);
    if (missing) return missing;
    const more = (valueOf(line, "--pythonpath") ?? "").split(",").filter((path) => path !== "");
    const folders = [own, container.workingDirectory, ...more.flatMap((path) => [posix.resolve(own, path)])];
    return applicationOf(name, [...new Set(folders)], "application");
  },
  survives: (line) => line.options.some(({ name }) => name === "--reload"),
};

const nothingToServe = finding(
  "FL2143",
  "gunicorn is told no application: neither its command line nor its configuration names one",
  "Name the module and what it has: gunicorn app:app.",
);

/** What a configuration says, or why it can't be read; `unknown` where it may say another folder, or another application. */
function configuration(line: CommandLine, container: Container): Finding | "unknown" | ReadonlyMap<string, string> {
  const told = valueOf(line, "-c", "--config");
  if (told?.startsWith("python:")) return "unknown";
  const opened = open(told?.replace(/^file:/, "") ?? "gunicorn.conf.py", container);
  if (told !== undefined && opened.kind === "missing")
    return finding(
      "FL2140",
      `gunicorn is told to read ${opened.path}, and ${opened.why}`,
      "COPY its configuration in the Dockerfile, or correct the path: it is looked for before --chdir.",
      opened.path,
    );
  if (opened.kind === "missing") return new Map();
  return (opened.kind === "file" && opened.text !== undefined && settingsOf(opened.text)) || "unknown";
}

function folderProblem(path: string, container: Container): Finding | undefined {
  const opened = open(path, container);
  if (opened.kind !== "missing" || path === container.workingDirectory) return undefined;
  return finding(
    "FL2140",
    `gunicorn is told to go to ${path} (--chdir), and ${opened.why}`,
    "COPY the application there, or correct the path.",
    path,
  );
}

/** The package that a kind of worker is from. */
function workerProblem(worker: string | undefined, modules: PythonModules): Finding | undefined {
  const name = worker?.split(".")[0] ?? "";
  const isPackage = ["gevent", "eventlet", "tornado", "uvicorn", "uvicorn_worker", "aiohttp", "meinheld"].includes(name);
  if (!isPackage || modules.top(name)?.length !== 0) return undefined;
  return finding(
    "FL2143",
    `gunicorn is told to use workers of ${worker}, and ${name} is not installed`,
    `Install ${name.replace("_", "-")} in the stage that runs.`,
  );
}
