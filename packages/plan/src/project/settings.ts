import { statSync } from "node:fs";
import { join } from "node:path";
import { checkedFile } from "@fairlead/model/files";

/** As much of Pulumi.yaml as a plan needs. */
export interface ProjectFile {
  name: string;
  main: string;
  stackConfigDir?: string;
  config?: unknown;
  backend?: { url?: unknown };
  [key: string]: unknown;
}

/**
 * What Pulumi.yaml says, and the folder of the stacks' configuration files.
 *
 * @param root folder of Pulumi.yaml
 * @throws UserError with all that is wrong with the file
 */
export function settingsOf(root: string): { settings: ProjectFile; configFolder: string } {
  const settings = checkedFile(join(root, "Pulumi.yaml"), "FL2401", (value, refuse) => {
    const file = (value ?? {}) as Partial<Record<keyof ProjectFile, unknown>>;
    const expectations = { name: "the project's name", main: "the path of the program, from this folder" };
    for (const [key, expected] of Object.entries(expectations) as ["name" | "main", string][]) {
      const given = file[key];
      if (typeof given === "string" && given !== "") continue;
      const problem = given === undefined ? `there is no ${key}` : `${key} is ${JSON.stringify(given)}`;
      refuse([key], { code: "FL2408", problem, expected, fix: given === undefined ? `Add ${key}.` : "Name it." });
    }
    const folder = file.stackConfigDir ?? ".";
    if (typeof folder !== "string" || !isFolder(join(root, folder))) {
      const problem = typeof folder === "string" ? `there is no folder ${folder}` : `stackConfigDir is ${JSON.stringify(folder)}`;
      const expected = "the folder of the stacks' configuration files, from this one";
      refuse(["stackConfigDir"], { code: "FL2408", problem, expected, fix: "Correct it, or remove it: they are then looked for here." });
    }
    return file as ProjectFile;
  });
  return { settings, configFolder: join(root, settings.stackConfigDir ?? ".") };
}

/**
 * Refuses a program that Node can't find. Apart from the rest: to read a stack's configuration takes no program.
 *
 * @throws UserError
 */
export function checkProgram({ root, main }: { root: string; main: string }): void {
  try {
    require.resolve(main);
  } catch {
    checkedFile(join(root, "Pulumi.yaml"), "FL2401", (value, refuse) => {
      const problem = `there is no program ${(value as ProjectFile).main}`;
      refuse(["main"], { code: "FL2408", problem, expected: "the path of the program, from this folder", fix: "Correct it." });
    });
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
