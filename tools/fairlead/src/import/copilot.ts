import { basename, join, relative, resolve } from "node:path";
import { existsSync, statSync } from "node:fs";
import { applicationsIn, filesOf, importCopilot, type CopilotImport } from "@fairlead/import";

import { nothingToImport, problemsOf } from "./problems";
import { copiedSources, outsideSources } from "./sources";
import { SourceFolder } from "./sourceFolder";
import type { Written } from "./writeAll";

/** Options of `fairlead import copilot` that decide what is written. */
export interface CopilotOptions {
  lenient?: boolean;
  copySources?: boolean;
}

/** An application that was read, and what would be written of it. */
export interface ReadApplication {
  result: CopilotImport;
  files: Map<string, Written>;
}

/**
 * Reads a Copilot application in a folder.
 *
 * @param root folder of the repository that it is imported into
 * @throws UserError with everything that stands against it
 */
export function readCopilot(folder: string, root: string, { lenient = false, copySources = false }: CopilotOptions): ReadApplication {
  const place = resolve(folder);
  if (!existsSync(place) || !statSync(place).isDirectory())
    throw nothingToImport(
      `there is no folder ${folder}.`,
      "the folder that has the folder copilot",
      "name it as it is seen from this folder.",
    );
  // Copilot's own folder may be named as well as the one that it lies in.
  const from =
    basename(place) === "copilot" && existsSync(join(place, "..")) && applicationsIn(new SourceFolder(place)).length === 0
      ? join(place, "..")
      : place;
  const files = new SourceFolder(from);
  const workspace = onlyApplication(files, folder);
  const isWithin = !relative(root, from).startsWith("..");
  const toWorkspace = (service: string) =>
    isWithin || !copySources ? relative(join(root, "apps", service), join(from, workspace)).replaceAll("\\", "/") : "source";
  const result = importCopilot({ files, root: workspace, name: basename(join(from, workspace)), toWorkspace, lenient });
  if (result.problems.length > 0) throw problemsOf(result.problems, from);
  const written = new Map<string, Written>();
  if (!isWithin && copySources) for (const [path, copyOf] of copiedSources(result, files, workspace)) written.set(path, { copyOf });
  const told = isWithin || copySources ? result : { ...result, findings: [...outsideSources(result), ...result.findings] };
  for (const [path, text] of filesOf(told)) written.set(path, { text });
  return { result: told, files: written };
}

function onlyApplication(files: SourceFolder, folder: string): string {
  const [first, ...others] = applicationsIn(files);
  if (first === undefined)
    throw nothingToImport(
      `${folder} has no Copilot application.`,
      "a folder copilot in it, with a .workspace or a manifest.yml",
      "name the folder that has it.",
    );
  if (others.length > 0)
    throw nothingToImport(
      `${folder} has ${others.length + 1} Copilot applications.`,
      "the folder of one",
      `name one of:\n${[first, ...others].map((each) => `    ${join(folder, each)}`).join("\n")}`,
    );
  return first;
}
