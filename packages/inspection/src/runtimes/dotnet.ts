import { posix } from "node:path";

import { finding, type Finding } from "../finding";
import type { Container } from "../container/container";
import type { Program } from "../programs/findProgram";
import { namesIn, open, toldProblem } from "../programs/toldFile";

interface Framework {
  name: string;
  version: string;
}

/** Those that do nothing where there is no project are among them. */
const commandsOfSdk = /^(run|watch|build|publish|test|restore|msbuild|ef|tool|pack|clean|new|add|list|nuget|vstest)$/;

/** What keeps .NET from running a program: its file, or the framework that it is built for, is not there. */
export function dotnetProblems({ path: resolvedPath }: Program, words: readonly string[], container: Container): Finding[] {
  const [, first] = words;
  const sdk = `${posix.dirname(resolvedPath)}/sdk`;
  if (commandsOfSdk.test(first ?? "") && namesIn(sdk, container.tree).length === 0)
    return [
      finding(
        "FL2145",
        `dotnet ${first} is a command of the SDK, and there is none in ${sdk}`,
        "RUN dotnet publish in a stage with the SDK, and start what it makes: dotnet App.dll.",
      ),
    ];
  const file = first === "exec" ? words[2] : first;
  if (file === undefined || !/\.(dll|exe)$/i.test(file)) return [];
  const opened = open(file, container);
  const problem = toldProblem("dotnet", opened);
  if (problem) return [problem];
  if (opened.kind !== "file" || first === "exec") return [];
  const path = opened.path.replace(/\.(dll|exe)$/i, ".runtimeconfig.json");
  const config = open(path, container);
  if (config.kind === "missing" && open(`${posix.dirname(opened.path)}/libhostpolicy.so`, container).kind === "missing")
    return [
      finding(
        "FL2140",
        `dotnet is told to run ${opened.path}, and there is no ${posix.basename(path)} beside it`,
        "Copy all that `dotnet publish` makes. A library has none: is it the right file?",
        opened.path,
      ),
    ];
  if (config.kind !== "file" || config.text === undefined) return [];
  const { frameworks, rollForward } = frameworksOf(config.text);
  if (rollForward || container.environment.has("DOTNET_ROLL_FORWARD")) return [];
  const shared = `${posix.dirname(resolvedPath)}/shared`;
  for (const framework of frameworks) {
    const found = frameworkProblem(framework, shared, path, container);
    if (found) return [found];
  }
  return [];
}

/** A framework of the same major version, no older, will do. */
function frameworkProblem({ name, version }: Framework, shared: string, path: string, { tree }: Container): Finding | undefined {
  const wanted = numbers(version);
  const versions = namesIn(`${shared}/${name}`, tree);
  if (!wanted || versions.some((one) => satisfies(numbers(one), wanted))) return undefined;
  const has = versions.length > 0 ? `${shared} has ${versions.sort().join(", ")}` : `${shared} has no ${name} at all`;
  const image = name === "Microsoft.AspNetCore.App" ? "aspnet" : "runtime";
  return finding(
    "FL2145",
    `${path} asks for ${name} ${version}, and ${has}`,
    `Take a base image that has it, such as mcr.microsoft.com/dotnet/${image}:${wanted[0]}.${wanted[1]}, or build for the framework that is there.`,
    path,
  );
}

function satisfies(has: number[] | undefined, wanted: number[]): boolean {
  // A preview's name isn't judged.
  if (!has) return true;
  return has[0] === wanted[0] && (has[1]! > wanted[1]! || (has[1] === wanted[1] && has[2]! >= wanted[2]!));
}

function numbers(version: string): number[] | undefined {
  const found = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  return found?.slice(1).map(Number);
}

function frameworksOf(text: string): { frameworks: Framework[]; rollForward: boolean } {
  try {
    const { runtimeOptions = {} } = JSON.parse(text.replace(/^\uFEFF/, "")) as {
      runtimeOptions?: { framework?: Framework; frameworks?: Framework[]; rollForward?: string; includedFrameworks?: unknown };
    };
    const listed = Array.isArray(runtimeOptions.frameworks) ? runtimeOptions.frameworks : [];
    const all = runtimeOptions.framework ? [runtimeOptions.framework, ...listed] : listed;
    const frameworks = all.filter((one) => /^[A-Za-z][\w.]*$/.test(String(one?.name)) && typeof one.version === "string");
    return { frameworks, rollForward: runtimeOptions.rollForward !== undefined && runtimeOptions.rollForward !== "Minor" };
  } catch {
    return { frameworks: [], rollForward: true };
  }
}
