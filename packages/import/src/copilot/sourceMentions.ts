import type { SourceFiles } from "../source/sourceFiles";
import type { Place } from "../source/sourceNode";

/** A variable of Copilot's, or another service's address, in a program's source. */
export interface Mention {
  name: string;
  place: Place;
}

/** Those that Copilot gives to containers: what else begins so is somebody's own. */
const copilotVariable =
  /\bCOPILOT_(?:APPLICATION_NAME|ENVIRONMENT_NAME|SERVICE_NAME|SERVICE_DISCOVERY_ENDPOINT|LB_DNS|QUEUE_URI|TOPIC_QUEUE_URIS|SNS_TOPIC_ARNS|MOUNT_POINTS)\b/g;
const skipped =
  /(?:^|\/)(?:\.github|\.circleci|node_modules|vendor|dist|build|\.git|\.venv|venv|__pycache__|target)\/|\.(?:md|lock|map|min\.js|svg|png|jpg|ipynb)$|(?:^|\/)package-lock\.json$/;
/** More of one file nobody has written. */
const longest = 300_000;

/** Where the sources below some folders speak of variables that Copilot sets. @param folders relative to what is imported; empty for all of it */
export function copilotVariablesIn(files: SourceFiles, folders: readonly string[], copilotFolder: string): Mention[] {
  const wanted = sourcesIn(files, folders).filter((path) => !path.startsWith(`${copilotFolder}/`));
  return wanted.flatMap((file) => {
    const text = files.read(file);
    if (text === undefined || text.length > longest || !text.includes("COPILOT_")) return [];
    return text
      .split(/\r?\n/)
      .flatMap((line, index) =>
        [...line.matchAll(copilotVariable)].map((match) => ({ name: match[0], place: { file, line: index + 1, column: match.index + 1 } })),
      );
  });
}

/** Whether a source below a folder names a variable; undefined where there is none that could. */
export function isNamedIn(files: SourceFiles, folder: string, variable: string): boolean | undefined {
  const texts = sourcesIn(files, [folder])
    .filter((path) => !/(?:^|\/)(?:copilot\/|Dockerfile|\.[^/]+$)/.test(path))
    .flatMap((path) => files.read(path) ?? []);
  return texts.length === 0 ? undefined : texts.some((text) => text.includes(variable));
}

function sourcesIn(files: SourceFiles, folders: readonly string[]): string[] {
  const inFolder = (path: string) =>
    folders.some((folder) => folder === "" || folder === "." || path === folder || path.startsWith(`${folder}/`));
  return files.paths.filter((path) => inFolder(path) && !skipped.test(path));
}
