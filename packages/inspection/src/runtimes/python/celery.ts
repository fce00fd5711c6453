import { valueOf } from "../commandLine";
import type { PythonModules } from "./pythonModules";
import { applicationOf, type Application, type Server } from "./pythonServer";

/** @see https://docs.celeryq.dev/en/stable/reference/cli.html */
export const celery: Server = {
  options: {
    withValue: new Set(["-A", "--app", "-b", "--broker", "--result-backend", "--loader", "--config", "--workdir"]),
    flags: /^(-q|--quiet|-C|--no-color|--skip-checks)$/,
  },
  told: (line, { workingDirectory }, modules) => {
    const name = valueOf(line, "-A", "--app");
    const isKnown = ["worker", "beat"].includes(line.rest[0] ?? "") && valueOf(line, "--workdir", "--loader") === undefined;
    const application = isKnown && name !== undefined ? applicationOf(name, [workingDirectory]) : undefined;
    return application && withoutColon(application, modules.within(workingDirectory));
  },
};

/** `app.queue` is a module of its own, or else the name `queue` in the module `app`. */
function withoutColon(application: Application, modules: PythonModules): Application {
  const [, module, attribute] = /^([\w.]+)\.([A-Za-z_]\w*)$/.exec(application.name) ?? [];
  const whole = modules.find(application.module);
  if (module === undefined || !whole || !("missing" in whole)) return application;
  const owner = modules.find(module);
  return owner && "found" in owner && owner.found.some(({ path }) => path) ? { ...application, module, attribute } : application;
}
