import type { Finding } from "../../finding";
import type { Container } from "../../container/container";
import type { CommandLine, OptionTable } from "../commandLine";
import type { PythonModules } from "./pythonModules";

/** What a server imports: `app.main:app`. */
export interface Application {
  /** As a person wrote it. */
  name: string;
  module: string;
  /** What the module must have; undefined where it isn't known. */
  attribute?: string;
  /** Folders that it is imported from, before all others. */
  folders: readonly string[];
}

/** A server or worker that is told the application to import. */
export interface Server {
  options: OptionTable;
  /** Variable with more options, which count less than those of the command line. */
  variable?: string;
  /** What is imported, or why it is not even looked for; undefined where that can't be told. */
  told: (line: CommandLine, container: Container, modules: PythonModules) => Application | Finding | undefined;
  /** Whether it goes on without the application: it waits for a change, or starts its workers again. */
  survives?: (line: CommandLine, container: Container) => boolean;
}

/** `module:attribute`, or a call of the attribute; undefined for what is neither. */
export function applicationOf(name: string, folders: readonly string[], usual?: string): Application | undefined {
  const found = /^(\w[\w./-]*?)(?::([A-Za-z_]\w*)([.(][^]*)?)?$/.exec(name);
  return found ? { name, module: found[1]!, attribute: found[2] ?? usual, folders } : undefined;
}
