import { posix } from "node:path";

import { finding, type Finding } from "../../finding";
import type { Container } from "../../container/container";
import { valueOf, type CommandLine } from "../commandLine";
import { applicationOf, type Server } from "./pythonServer";
import { open } from "../../programs/toldFile";

/** @see https://www.uvicorn.org/settings/ */
export const uvicorn: Server = {
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
    interspersed: true,
  },
  told: (line, container) => {
    const { environment, workingDirectory } = container;
    const missing = fileProblem(line, container);
    if (missing) return missing;
    const name = line.rest[0] ?? environment.get("UVICORN_APP");
    const folder = valueOf(line, "--app-dir") ?? environment.get("UVICORN_APP_DIR") ?? "";
    if (name === undefined) return undefined;
    if (/^[\w.]+$/.test(name)) return withoutAttribute(name);
    return applicationOf(name, [posix.resolve(workingDirectory, folder)]);
  },
  survives: (line, { environment }) => {
    const workers = valueOf(line, "--workers") ?? environment.get("WEB_CONCURRENCY") ?? environment.get("UVICORN_WORKERS") ?? "1";
    return workers !== "1" || line.options.some(({ name }) => name === "--reload") || environment.has("UVICORN_RELOAD");
  },
};

function withoutAttribute(name: string): Finding {
  return finding(
    "FL2143",
    `uvicorn is told to serve ${name}, which names a module and nothing in it`,
    `Name what the module has behind a colon: ${name.replace(/\.py$/, "")}:app.`,
  );
}

/** Files that its options name must be there. */
function fileProblem(line: CommandLine, container: Container): Finding | undefined {
  for (const option of ["--env-file", "--log-config"]) {
    const value = valueOf(line, option);
    const opened = value === undefined ? undefined : open(value, container);
    if (opened?.kind !== "missing") continue;
    const fix = "COPY it in the Dockerfile (.dockerignore often excludes it), or leave the option out.";
    return finding("FL2140", `uvicorn is told to read ${opened.path} (${option}), and ${opened.why}`, fix, opened.path);
  }
  return undefined;
}
