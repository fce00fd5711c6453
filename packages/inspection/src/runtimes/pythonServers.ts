import { posix } from "node:path";

import { finding, may, type Finding } from "../finding";
import type { Container } from "../start/container";
import { parseCommandLine, valueOf, type CommandLine, type OptionTable } from "./commandLine";
import type { PythonModules } from "./pythonModules";
import { open } from "./toldFile";

/** A server or worker that is told the application to import: `app.main:app`. */
interface Server {
  options: OptionTable;
  /** What is imported, of its command line; undefined where it can't be told. */
  application: (line: CommandLine, container: Container) => string | undefined;
  /** Options that say where it is imported from. @default the working directory */
  folder?: readonly string[];
  /** Whether it goes on without the application: it waits for a change, or starts its workers again. */
  survives?: (line: CommandLine, container: Container) => boolean;
}

const gunicorn: Server = {
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
      /^(-\w\S+|--(preload|daemon|capture-output|enable-stdio-inheritance|no-sendfile|reuse-port|disable-redirect-access-to-syslog|log-syslog|proxy-protocol|initgroups|spew|check-config|print-config|reload|do-handshake-on-connect|suppress-ragged-eofs|\w[\w-]*=.*))$/,
  },
  application: (line, container) => {
    if (
      container.environment.has("GUNICORN_CMD_ARGS") ||
      line.options.some(({ name }) => /^--(paster?|pythonpath|check-config|print-config)$/.test(name))
    )
      return undefined;
    // A configuration may say another folder, or another application.
    const config = open(valueOf(line, "-c", "--config") ?? "gunicorn.conf.py", container);
    if (
      config.kind !== "missing" &&
      !(config.kind === "file" && config.text !== undefined && !/chdir|pythonpath|wsgi_app|sys\.path/.test(config.text))
    )
      return undefined;
    return line.options.some(({ name }) => /^-[cek]\S/.test(name)) ? undefined : line.rest[0];
  },
  folder: ["--chdir"],
  survives: (line) => line.options.some(({ name }) => name === "--reload"),
};

const uvicorn: Server = {
  options: {
    withValue: new Set(
      (
        "--host --port --uds --fd --reload-dir --reload-include --reload-exclude --reload-delay --workers --loop --http --ws --ws-max-size --ws-max-queue " +
        "--ws-ping-interval --ws-ping-timeout --ws-per-message-deflate --lifespan --interface --env-file --log-config --log-level --root-path " +
        "--forwarded-allow-ips --limit-concurrency --backlog --limit-max-requests --timeout-keep-alive --timeout-graceful-shutdown --ssl-keyfile " +
        "--ssl-certfile --ssl-keyfile-password --ssl-version --ssl-cert-reqs --ssl-ca-certs --ssl-ciphers --header --app-dir --h11-max-incomplete-event-size"
      ).split(" "),
    ),
    flags:
      /^--(reload|proxy-headers|no-proxy-headers|server-header|no-server-header|date-header|no-date-header|access-log|no-access-log|use-colors|no-use-colors|factory|\w[\w-]*=.*)$/,
  },
  application: (line) => line.rest[0],
  folder: ["--app-dir"],
  survives: (line, { environment }) =>
    line.options.some(({ name, value }) => name === "--reload" || (name === "--workers" && value !== "1")) ||
    environment.has("WEB_CONCURRENCY"),
};

const celery: Server = {
  options: {
    withValue: new Set(["-A", "--app", "-b", "--broker", "--result-backend", "--loader", "--config", "--workdir"]),
    flags: /^(-q|--quiet|-C|--no-color|--skip-checks)$/,
  },
  application: (line) =>
    ["worker", "beat"].includes(line.rest[0] ?? "") && valueOf(line, "--workdir", "--loader") === undefined
      ? valueOf(line, "-A", "--app")
      : undefined,
};

const servers: Record<string, Server> = { gunicorn, uvicorn, celery };

/** What keeps a server from importing the application that it is told, by the name of its command or module. */
export function serverProblems(name: string, words: readonly string[], modules: PythonModules, container: Container): Finding[] {
  const server = Object.hasOwn(servers, name) ? servers[name]! : undefined;
  const line = server && parseCommandLine(words, server.options);
  if (!line) return [];
  const application = server.application(line, container);
  if (application === undefined || !/^[A-Za-z_][\w.]*(:[A-Za-z_]\w*)?$/.test(application)) return [];
  const folder = posix.resolve(container.workingDirectory, (server.folder && valueOf(line, ...server.folder)) ?? "");
  if (!["directory", "missing"].includes(open(folder, container).kind)) return [];
  const within = modules.within(folder);
  const found = workerProblem(line, within) ?? applicationProblem(name, application, folder, within);
  if (!found) return [];
  return [server.survives?.(line, container) ? may(found) : found];
}

/** The package that a kind of worker is from. */
function workerProblem(line: CommandLine, modules: PythonModules): Finding | undefined {
  const worker = valueOf(line, "-k", "--worker-class");
  const name = worker?.split(".")[0] ?? "";
  const isPackage = ["gevent", "eventlet", "tornado", "uvicorn", "uvicorn_worker", "aiohttp", "meinheld"].includes(name);
  if (!isPackage || modules.top(name)?.length !== 0) return undefined;
  return finding(
    "FL2143",
    `gunicorn is told to use workers of ${worker}, and ${name} is not installed`,
    `Install ${name.replace("_", "-")} in the stage that runs.`,
  );
}

function applicationProblem(who: string, application: string, folder: string, modules: PythonModules): Finding | undefined {
  const [module = "", attribute] = application.split(":");
  const result = modules.find(module);
  if (!result) return undefined;
  const fix = "COPY the application, set WORKDIR to the folder that it is imported from, or correct the name.";
  if ("missing" in result)
    return finding("FL2143", `${who} is told to import ${application}, and there is no ${result.missing} in ${folder}`, fix, folder);
  const [found] = result.found;
  if (result.found.length !== 1 || !found?.path) return undefined;
  const text = found.file?.text;
  const missing = modules.missingFrom(found.path, text, module);
  if (missing || text === undefined || attribute === undefined) return missing;
  if (text.includes(attribute) || /import\s*\(?\s*\*|__getattr__|globals\(|setattr|exec\(|sys\.modules/.test(text)) return undefined;
  return finding(
    "FL2143",
    `${who} is told to serve ${application}, and ${found.path} has no ${attribute}`,
    "Correct the name behind the colon.",
    found.path,
  );
}
