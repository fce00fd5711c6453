import { posix } from "node:path";

import { finding, type Finding } from "../../finding";
import type { Container } from "../../container/container";
import type { Program } from "../../programs/findProgram";
import { open } from "../../programs/toldFile";

/** What a class file's version is more than Java's. */
const classVersions = 44;

/**
 * Why Java can't load the class that it begins with: it is compiled for a newer one.
 *
 * @param path of a class file, or of an archive that begins with one
 * @see https://docs.oracle.com/javase/specs/jvms/se21/html/jvms-4.html#jvms-4.1
 */
export function newerProblem(executable: Program, path: string, container: Container): Finding[] {
  const opened = open(path, container);
  const content = opened.kind === "file" ? opened.file.content : undefined;
  const wanted = content?.kind === "foreign" ? (content.classVersion ?? content.archive?.classVersion) : undefined;
  const has = releaseOf(executable, container)?.version;
  if (opened.kind !== "file" || wanted === undefined || has === undefined || wanted <= has + classVersions) return [];
  const java = wanted - classVersions;
  return [
    finding(
      "FL2145",
      `java is told to run ${path}, which is compiled for Java ${java} (class file version ${wanted}), and ${executable.path} is Java ${has}`,
      `Take a base image with Java ${java} or newer, such as eclipse-temurin:${java}-jre, or compile for Java ${has} (\`--release ${has}\`).`,
      opened.path,
    ),
  ];
}

/** What Java's own file says of it: `JAVA_VERSION="17.0.9"`, `"1.8.0_392"`. */
export function releaseOf({ path }: Program, container: Container): { version: number; isHotSpot: boolean } | undefined {
  const home = posix.dirname(posix.dirname(path));
  // A JRE of Java 8 lies within what is called so.
  const homes = posix.basename(home) === "jre" ? [home, posix.dirname(home)] : [home];
  for (const folder of homes) {
    const opened = open(`${folder}/release`, container);
    const text = opened.kind === "file" ? (opened.text ?? "") : "";
    const version = /^JAVA_VERSION="(?:1\.)?(\d{1,3})\b/m.exec(text)?.[1];
    if (version !== undefined) return { version: Number(version), isHotSpot: !/openj9/i.test(text) };
  }
  return undefined;
}
