import { finding, type Finding } from "../../finding";
import type { Container } from "../../container/container";
import type { Program } from "../../programs/findProgram";
import { optionsOfVariables } from "./javaOptions";
import { newerProblem } from "./javaVersion";
import { namesIn, open } from "../../programs/toldFile";

/** Classes of Java's own, which are on no class path. */
const own = /^(java|javax|jdk|sun|com\.sun|com\.ibm|com\.oracle|oracle|netscape|org\.(graalvm|ietf|jcp|omg|w3c|xml))\./;
/** Options with which classes come from elsewhere as well. */
const others =
  /^(-javaagent|-agent|-Xboot|-Djava\.(class|system|ext)|-p$|--module-path|--patch-module|-m$|--module|--source|--add-modules|-XX:Flags|-XX:VMOptionsFile)/;

/** Parts of such options, and of files that hold some, wherever they stand in a variable. */
const mayBring = /agent|-cp|class|@|-X(boot|X:(Flags|VM))/;

/** Whether options let Java find classes elsewhere than where it is told to, or change them. */
export function bringsClasses(options: readonly string[]): boolean {
  return options.some((option) => others.test(option));
}

/**
 * Why a class to begin with can't be loaded: nothing that the class path names is there, or can hold it, or it is compiled for a newer Java. What is in an
 * archive isn't known.
 *
 * @param name of the class
 * @see https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html
 */
export function classProblem(executable: Program, name: string, options: readonly string[], container: Container): Finding[] {
  const { environment } = container;
  if (!/^[A-Za-z_$][\w$]*([./][A-Za-z_$][\w$]*)*$/.test(name) || name.endsWith(".java") || own.test(name)) return [];
  if (bringsClasses(options) || optionsOfVariables(environment).some(({ word }) => mayBring.test(word))) return [];
  const path = classPathOf(options) ?? environment.get("CLASSPATH") ?? ".";
  const first = path.split(":").find((entry) => mayHold(entry || ".", name, container));
  if (first !== undefined) return newerProblem(executable, `${first || "."}/${fileOf(name)}`, container);
  return [
    finding(
      "FL2140",
      `java is told to run the class ${name}, and no part of its class path (${path.slice(0, 200)}) is there and has it`,
      "COPY the classes or archives in the Dockerfile, or correct the class path.",
    ),
  ];
}

/** The last one counts. */
function classPathOf(options: readonly string[]): string | undefined {
  const at = options.findLastIndex((option) => /^(-cp|-classpath|--class-path)$/.test(option) || option.startsWith("--class-path="));
  if (at < 0) return undefined;
  return options[at]!.startsWith("--class-path=") ? options[at]!.slice("--class-path=".length) : options[at + 1];
}

function fileOf(name: string): string {
  return `${name.replaceAll(".", "/")}.class`;
}

function mayHold(entry: string, name: string, container: Container): boolean {
  if (/(^|\/)\*$/.test(entry)) {
    const folder = open(entry.slice(0, -1) || ".", container);
    if (folder.kind === "missing") return false;
    return folder.kind !== "directory" || namesIn(folder.path, container.tree).some((file) => /\.jar$/i.test(file));
  }
  const opened = open(entry, container);
  if (opened.kind === "missing") return false;
  return opened.kind !== "directory" || open(`${opened.path}/${fileOf(name)}`, container).kind !== "missing";
}
