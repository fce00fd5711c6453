import { spawn } from "node:child_process";
import { existsSync, lstatSync, rmSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { printableLine, UserError } from "@fairlead/model";
import { readProject, rootOf, stacksOf } from "@fairlead/plan";
import type { Command } from "commander";

import { labelOf } from "../../commits/commits";
import { command as ownCommand } from "../../commits/worktree";
import { Progress } from "../../progress";
import { secretsFile } from "../openLocal";
import { checkOutRef, isCheckedOut } from "./checkOutRef";
import { refPlace, type RefPlace } from "./refPlace";
import { commitOfRef, requireLocal } from "./resolveRef";
import { strangersEnvironment } from "./strangersEnvironment";
import { nothingOf, takeAway } from "./takeAway";

/** Options of all verbs that say which commit is meant. */
export interface RefOptions {
  ref?: string;
  /** Of those that start something: whether the commit gets this checkout's file of secrets. */
  secrets?: boolean;
  volumes?: boolean;
}

/** Options that are for this checkout, not for the other's command. */
const own = new Set(["ref", "secrets"]);

/** Does a verb of `fairlead local` for another commit: by that commit's own command, but for taking it away. */
export async function atRef(command: Command): Promise<void> {
  const { ref = "", secrets, volumes } = command.opts<RefOptions>();
  const verb = command.name();
  const place = refPlace(ref);
  if (verb === "down" || verb === "reset") return takeAway(place, { volumes: verb === "reset" || volumes === true });
  if (verb === "up" || verb === "watch" || verb === "test") {
    await prepare(place);
    giveSecrets(place, secrets === true);
  } else if (!isCheckedOut(place)) throw nothingOf(ref);
  process.exitCode = await runThere(place, wordsOf(command));
}

async function prepare(place: RefPlace): Promise<void> {
  const { ref, workspace, repository } = place;
  const progress = new Progress();
  progress.say(`looking for ${ref}`);
  try {
    const commit = commitOfRef(workspace, ref);
    requireLocal(workspace, ref, commit);
    await checkOutRef(place, commit, (text) => progress.say(text));
    progress.end();
    const folder = relative(rootOf(), repository);
    process.stderr.write(`${ref} is ${printableLine(labelOf(workspace, commit))}, in ${folder}. Its code runs on this machine, as you.\n`);
  } finally {
    progress.end();
  }
}

/** A link, so that there is no second copy of them. */
function giveSecrets({ ref, project }: RefPlace, isAsked: boolean): void {
  const root = rootOf();
  const [stack] = stacksOf(root);
  if (stack === undefined) return;
  const file = secretsFile(readProject(stack));
  const link = join(project, relative(root, file));
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(link);
  if (isAsked) {
    if (!existsSync(file)) throw new UserError(`--secrets: there is no ${file}.`);
    if (existsSync(link)) throw new UserError(`--secrets: ${link} is there, with secrets for ${ref} alone. Remove one of the two.`);
    symlinkSync(file, link);
  } else if (existsSync(file) && !existsSync(link))
    process.stderr.write(`It does not get ${relative(root, file)}: --secrets gives it, or write ${relative(root, link)}.\n`);
}

/** The verb with the options that were given, as another command line reads them. */
function wordsOf(command: Command): string[] {
  const given = command.options.filter(
    (option) => !own.has(option.attributeName()) && command.getOptionValueSource(option.attributeName()) === "cli",
  );
  const words = given.flatMap((option) => {
    const value = command.getOptionValue(option.attributeName()) as unknown;
    if (typeof value === "boolean") return option.long!;
    return [value].flat().map((each) => `${option.long}=${String(each)}`);
  });
  return ["local", command.name(), ...words, "--", ...command.args];
}

/** @returns its exit code */
function runThere({ folder, project }: RefPlace, words: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [join(folder, ownCommand), ...words], {
    cwd: project,
    env: strangersEnvironment(process.env),
    stdio: "inherit",
  });
  // A Ctrl-C reaches it as well; this process ends when it has ended.
  const wait = () => undefined;
  const end = (signal: NodeJS.Signals) => void child.kill(signal);
  process.on("SIGINT", wait).on("SIGTERM", end).on("SIGHUP", end);
  return new Promise<number>((resolve, reject) =>
    child.on("error", reject).on("close", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1))),
  ).finally(() => process.off("SIGINT", wait).off("SIGTERM", end).off("SIGHUP", end));
}
