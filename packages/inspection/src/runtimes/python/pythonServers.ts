import { finding, may, type Finding } from "../../finding";
import type { Container } from "../../container/container";
import { celery } from "./celery";
import { parseCommandLine, type CommandLine, type OptionTable } from "../commandLine";
import { flask } from "./flask";
import { gunicorn } from "./gunicorn";
import type { PythonModules } from "./pythonModules";
import type { Application, Server } from "./pythonServer";
import { open } from "../../programs/toldFile";
import { uvicorn } from "./uvicorn";

const servers = new Map<string, Server>(Object.entries({ gunicorn, uvicorn, celery, flask }));

/** What keeps a server from importing the application that it is told, by the name of its command or module. */
export function serverProblems(name: string, words: readonly string[], modules: PythonModules, container: Container): Finding[] {
  const server = servers.get(name);
  const line = server && commandLine(words, server, container);
  const told = line && server.told(line, container, modules);
  if (!told) return [];
  const found = "code" in told ? told : applicationProblem(name, told, modules, container);
  if (!found) return [];
  return [server.survives?.(line, container) ? may(found) : found];
}

/** Options of the variable first: those of the command line count more. */
function commandLine(words: readonly string[], { options, variable }: Server, container: Container): CommandLine | undefined {
  const line = parseCommandLine(words, options);
  const before = line && variable !== undefined ? ofVariable(container.environment.get(variable) ?? "", options) : line;
  return line && before && { options: [...(before === line ? [] : before.options), ...line.options], rest: line.rest };
}

function ofVariable(value: string, options: OptionTable): CommandLine | undefined {
  return /["'\\]/.test(value) ? undefined : parseCommandLine(value.split(/\s+/).filter(Boolean), options);
}

function applicationProblem(who: string, told: Application, modules: PythonModules, container: Container): Finding | undefined {
  const { name, module, attribute, folders } = told;
  if (folders.some((folder) => !["directory", "missing"].includes(open(folder, container).kind))) return undefined;
  const within = folders.toReversed().reduce((all, folder) => all.within(folder), modules);
  const result = within.find(module);
  if (!result) return undefined;
  const fix = "COPY the application, set WORKDIR to the folder that it is imported from, or correct the name.";
  if ("missing" in result)
    return finding(
      "FL2143",
      `${who} is told to import ${name}, and there is no ${result.missing} in ${folders.join(", ")}`,
      fix,
      folders[0],
    );
  const [found] = result.found;
  if (result.found.length !== 1 || !found?.path) return undefined;
  const text = found.file?.text;
  const missing = within.missingFrom(found.path, text, module);
  if (missing || text === undefined || attribute === undefined) return missing;
  if (text.includes(attribute) || /import\s*\(?\s*\*|__getattr__|globals\(|setattr|exec\(|sys\.modules/.test(text)) return undefined;
  return finding(
    "FL2143",
    `${who} is told to serve ${name}, and ${found.path} has no ${attribute}`,
    "Correct the name, or give the application it in the module.",
    found.path,
  );
}
