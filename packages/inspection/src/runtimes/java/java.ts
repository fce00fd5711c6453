import type { File } from "../../files/fileTree";
import { finding, type Finding } from "../../finding";
import type { Container } from "../../container/container";
import type { Program } from "../../programs/findProgram";
import { unknownWords } from "../../container/unknownWords";
import { bringsClasses, classProblem } from "./javaClassPath";
import { optionProblem, optionsOfVariables } from "./javaOptions";
import { newerProblem, releaseOf } from "./javaVersion";
import { open, toldProblem } from "../../programs/toldFile";

/** Options of `java` whose value is the next word. */
const withValue = new Set(
  (
    "-cp -classpath --class-path -p --module-path --upgrade-module-path --add-modules --add-exports --add-opens --add-reads --patch-module " +
    "--limit-modules --describe-module -d --enable-native-access --source -m --module"
  ).split(" "),
);
const others =
  /^(-version|--version|-showversion|-h|-help|--help|-\?|-X|--list-modules|--describe-module|-d|--validate-modules|--dry-run)$/;

/**
 * What keeps Java from running what it is told to: an archive or an agent that is not there.
 *
 * @see https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html
 */
export function javaProblems(executable: Program, words: readonly string[], container: Container): Finding[] {
  const fromEnvironment = ["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"].flatMap((name) => (container.environment.get(name) ?? "").split(/\s+/));
  const agents = fromEnvironment.filter((word) => /^-javaagent:[^"'$]+$/.test(word));
  const options = (end: number) => optionProblem(words.slice(1, end), container.environment, releaseOf(executable, container));
  for (let index = 1; index < words.length; index++) {
    const word = words[index]!;
    // `java $JAVA_OPTS -jar app.jar`: a shell's variable in this place holds options, and no class.
    if (word === unknownWords && words[index + 1] === "-jar") continue;
    if (word.includes(unknownWords)) return [];
    // A file of arguments may say anything.
    if (word.startsWith("@") || others.test(word)) return [];
    if (word === "-jar") {
      const archive = words[index + 1];
      const found = problems(archive, agents, container, options(index));
      if (found.length > 0 || archive === undefined) return found;
      const missing = missingClassProblem(archive, words.slice(1, index), executable, container);
      return missing ? [missing] : newerProblem(executable, archive, container);
    }
    if (word.startsWith("-javaagent:")) agents.push(word);
    else if (withValue.has(word)) {
      const value = words[++index] ?? "";
      if (value.includes(unknownWords) || value.startsWith("@")) return [];
    } else if (!word.startsWith("-")) {
      const found = problems(undefined, agents, container, options(index));
      return found.length > 0 ? found : classProblem(executable, word, words.slice(1, index), container);
    }
  }
  return [];
}

function problems(archive: string | undefined, agents: string[], container: Container, ofOptions?: Finding): Finding[] {
  // `java` opens the archive before it makes the machine that loads agents.
  if (archive?.includes(unknownWords)) return [];
  if (archive !== undefined) {
    const opened = open(archive, container);
    const found = toldProblem("java", opened) ?? archiveProblem(archive, opened);
    if (found) return [found];
  }
  if (ofOptions) return [ofOptions];
  for (const agent of agents) {
    const path = agent.slice("-javaagent:".length).split("=")[0]!;
    const opened = open(path, container);
    if (opened.kind !== "missing" && opened.kind !== "closed") continue;
    const fix = "COPY the agent, or take the option away where it is set (JAVA_TOOL_OPTIONS?).";
    return [
      finding(opened.kind === "missing" ? "FL2140" : "FL2141", `java is told to load the agent ${path}, and ${opened.why}`, fix, path),
    ];
  }
  return [];
}

function archiveProblem(archive: string, opened: ReturnType<typeof open>): Finding | undefined {
  if (opened.kind === "directory")
    return finding("FL2140", `java is told to run ${archive}, which is a folder`, "Name the archive in it.", opened.path);
  if (opened.kind !== "file") return undefined;
  const why = whyNot(opened.file);
  return why === undefined
    ? undefined
    : finding(
        "FL2140",
        `java is told to run ${archive}, which ${why}`,
        "Copy the archive that the build made, with all that it needs.",
        opened.path,
      );
}

/** Where nothing else can bring the class to begin with, an archive is of no use that has it not. */
function missingClassProblem(archive: string, options: readonly string[], executable: Program, container: Container): Finding | undefined {
  const opened = open(archive, container);
  const content = opened.kind === "file" ? opened.file.content : undefined;
  const missing = content?.kind === "foreign" ? content.archive?.missingClass : undefined;
  const all = [...options, ...optionsOfVariables(container.environment).map(({ word }) => word)];
  // Until 8, Java had folders of its own for others' archives.
  const mayBeElsewhere =
    bringsClasses(all) || all.some((option) => option.includes(unknownWords)) || (releaseOf(executable, container)?.version ?? 0) < 9;
  if (missing === undefined || opened.kind !== "file" || mayBeElsewhere) return undefined;
  return finding(
    "FL2140",
    `java is told to run ${archive}, which names the Main-Class ${missing}, and has no such class`,
    "Correct the name in the build (mainClass, or the manifest of the archive's task), or copy the archive that has all in it.",
    opened.path,
  );
}

/** Why a file is no archive to run. */
function whyNot({ content }: File): string | undefined {
  if (content?.kind === "empty") return "is empty";
  if (content?.kind !== "foreign") return undefined;
  const { archive, signature } = content;
  // Launchers such as Launch4j's are a program for Windows in front of the archive: Java looks for its list at the end.
  if (!archive) return signature.description === "a Windows program" ? undefined : `is ${signature.description}`;
  if (!archive.isWhole) return "was cut off: it has not the end in which archives list what they hold";
  if (!archive.hasManifest) return "has no manifest (META-INF/MANIFEST.MF): is it a web archive for a server, such as Tomcat?";
  return archive.hasMainClass === false
    ? "names no Main-Class in its manifest: is it the one without its dependencies (-plain.jar, original-….jar)?"
    : undefined;
}
