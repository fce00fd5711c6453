import { posix } from "node:path";

import { finding, type Finding } from "../../finding";
import type { Container } from "../../container/container";
import { valueOf } from "../commandLine";
import type { PythonModules } from "./pythonModules";
import { applicationOf, type Application, type Server } from "./pythonServer";
import { exists, open } from "../../programs/toldFile";

/**
 * `flask run`. Where it watches for changes, it goes on without an application.
 *
 * @see https://flask.palletsprojects.com/en/stable/cli/
 */
export const flask: Server = {
  options: {
    withValue: new Set(["-A", "--app", "-h", "--host", "-p", "--port", "--cert", "--key"]),
    flags: /^--(no-debug|no-reload|no-debugger|with-threads|without-threads|(app|host|port)=.*)$/,
    interspersed: true,
  },
  told: (line, container, modules) => {
    const { environment, workingDirectory } = container;
    if (line.rest[0] !== "run" || ["FLASK_DEBUG", "FLASK_ENV"].some((name) => environment.has(name))) return undefined;
    const name = valueOf(line, "-A", "--app") ?? environment.get("FLASK_APP");
    if (name !== undefined) return importedAs(name, container);
    if (readsFiles(container, modules) || ["wsgi.py", "app.py"].some((file) => open(file, container).kind !== "missing")) return undefined;
    return withoutApplication(workingDirectory);
  },
};

/** A path or module; packages around it are left, and the folder that they lie in is looked in first. */
function importedAs(name: string, container: Container): Application | undefined {
  const told = applicationOf(name, []);
  if (!told) return undefined;
  const parts = [];
  let path = posix.resolve(container.workingDirectory, told.module.replace(/\.py$/, ""));
  if (posix.basename(path) === "__init__") path = posix.dirname(path);
  do {
    parts.unshift(posix.basename(path));
    path = posix.dirname(path);
  } while (path !== "/" && exists(`${path}/__init__.py`, container));
  return { ...told, module: parts.join("."), folders: [...new Set([path, container.workingDirectory])] };
}

/** With python-dotenv it reads variables from files, also from those of folders above. */
function readsFiles(container: Container, modules: PythonModules): boolean {
  return modules.top("dotenv")?.length !== 0 || [".env", ".flaskenv"].some((file) => open(file, container).kind !== "missing");
}

function withoutApplication(folder: string): Finding {
  return finding(
    "FL2143",
    `flask looks for an application, and neither FLASK_APP nor --app names one, and ${folder} has neither wsgi.py nor app.py`,
    "COPY the application, set WORKDIR to where it is, or name it: flask --app web run.",
    folder,
  );
}
