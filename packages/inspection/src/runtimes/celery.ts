import { valueOf } from "./commandLine";
import { applicationOf, type Server } from "./pythonServer";

/** @see https://docs.celeryq.dev/en/stable/reference/cli.html */
export const celery: Server = {
  options: {
    withValue: new Set(["-A", "--app", "-b", "--broker", "--result-backend", "--loader", "--config", "--workdir"]),
    flags: /^(-q|--quiet|-C|--no-color|--skip-checks)$/,
  },
  told: (line, { workingDirectory }) => {
    const name = valueOf(line, "-A", "--app");
    const isKnown = ["worker", "beat"].includes(line.rest[0] ?? "") && valueOf(line, "--workdir", "--loader") === undefined;
    return isKnown && name !== undefined ? applicationOf(name, [workingDirectory]) : undefined;
  },
};
