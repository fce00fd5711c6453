import { posix } from "node:path";

import { imageCodes } from "@fairlead/model";

import { finding, type Finding } from "../finding";
import type { Container, Starter } from "../container/container";
import { envCommand } from "../container/env";
import { findProgram } from "./findProgram";
import { readOptions, type Options } from "./options";
import { unknownWords } from "../container/unknownWords";
import { identityOf, type Identity } from "../container/user";

/** Judges what a program is told to start. */
export type Start = (words: readonly string[], by: Starter, container?: Container) => Finding[];

/** A program that starts the one that its arguments name. */
interface Wrapper extends Options {
  /** Whether its first operand is a duration, which is no program's name. */
  takesDuration?: boolean;
  /** Whom the program runs as: a finding where it can't be. */
  identity?: (given: ReadonlyMap<string, string>, operands: string[], container: Container) => Identity | Finding;
  /** Whether it sets the groups, which takes root. */
  setsGroups?: (given: ReadonlyMap<string, string>) => boolean;
  /** `execvp` by default. */
  by?: Starter;
}

const tini: Wrapper = { flags: "svwgl", values: "pe" };
const userFirst: Wrapper = {
  identity: (_given, operands, { tree, granted }) => identityOf(operands.shift() ?? "", tree, granted),
  setsGroups: () => true,
};

/**
 * By the name that they are called by.
 *
 * @see https://github.com/krallin/tini https://github.com/Yelp/dumb-init https://github.com/openSUSE/catatonit
 * @see https://github.com/tianon/gosu https://github.com/ncopa/su-exec
 * @see https://www.gnu.org/software/coreutils/manual/ https://man7.org/linux/man-pages/man1/setpriv.1.html
 */
const wrappers = new Map<string, Wrapper>([
  ["tini", tini],
  ["tini-static", tini],
  ["docker-init", tini],
  ["dumb-init", { flags: "cv", values: "r", longFlags: ["single-child", "verbose"], longValues: ["rewrite"] }],
  ["catatonit", { flags: "g" }],
  // Written in Go, whose look-up is the one of runc.
  ["gosu", { ...userFirst, by: "kernel" }],
  ["su-exec", userFirst],
  ["s6-setuidgid", { ...userFirst, by: "execve" }],
  [
    "setpriv",
    {
      longFlags: ["clear-groups", "keep-groups", "init-groups", "nnp", "no-new-privs", "reset-env"],
      longValues: [
        "reuid",
        "regid",
        "ruid",
        "rgid",
        "euid",
        "egid",
        "groups",
        "inh-caps",
        "ambient-caps",
        "bounding-set",
        "securebits",
        "pdeathsig",
      ],
      identity: setprivIdentity,
      setsGroups: (given) => ["clear-groups", "init-groups", "groups"].some((name) => given.has(name)),
    },
  ],
  ["nice", { values: "n", longValues: ["adjustment"] }],
  ["ionice", { flags: "t", values: "cn", longFlags: ["ignore"], longValues: ["class", "classdata"] }],
  [
    "timeout",
    {
      flags: "v",
      values: "ks",
      longFlags: ["foreground", "preserve-status", "verbose"],
      longValues: ["kill-after", "signal"],
      takesDuration: true,
    },
  ],
  ["nohup", {}],
  ["setsid", { flags: "cw", longFlags: ["ctty", "wait"] }],
  ["stdbuf", { values: "ioe", longValues: ["input", "output", "error"] }],
]);

/** What keeps a wrapper from starting what it is told to; undefined for what is no wrapper. */
export function wrapped(
  [program = "", ...rest]: readonly string[],
  container: Container,
  by: Starter,
  start: Start,
): Finding[] | undefined {
  const name = posix.basename(program);
  const wrapper = wrappers.get(name);
  if (!wrapper && name !== "env") return undefined;
  const file = findProgram(program, container, by)?.node;
  const content = file?.content;
  // Somebody's own script of that name is judged as one.
  if (content?.kind !== "elf") return undefined;
  const starter = wrapper?.by ?? starterOf(content.elf.interpreter);
  if (!wrapper) {
    const command = rest.includes(unknownWords) ? undefined : envCommand(rest, container);
    return command && command.words.length > 0 ? start(command.words, starter, command.container) : [];
  }
  // `nice -5`
  const words = name === "nice" && /^-\d+$/.test(rest[0] ?? "") ? rest.slice(1) : rest;
  const read = readOptions(words, wrapper);
  if (!read || [...read.given.values()].includes(unknownWords)) return [];
  const { given, operands } = read;
  const isShort = operands.length < (wrapper.takesDuration || name === "gosu" ? 2 : 1);
  if (isShort || operands[0] === unknownWords) return [];
  if (wrapper.takesDuration) operands.shift();
  // With the bit it is whose it is; with capabilities it may change the user, whoever runs it.
  if (wrapper.identity && (file!.mode & 0o4000 || file!.capabilities)) return [];
  const identity = wrapper.identity?.(given, operands, container) ?? container.identity;
  if ("code" in identity) return [{ ...identity, problem: `${name}: ${identity.problem}`, consequence: imageCodes.FL2132.consequence }];
  if (container.identity.uid !== 0 && wrapper.setsGroups?.(given)) return [notRoot(name, container.identity)];
  if (operands.length === 0 || operands[0] === unknownWords) return [];
  return start(operands, starter, { ...container, identity });
}

function notRoot(name: string, { uid }: Identity): Finding {
  const fix =
    "Leave USER out of the Dockerfile and user out of the service.yaml, so that it is root who changes; or start the program without it.";
  return finding("FL2132", `${name} changes the user, and it is user ${uid} who runs it`, fix);
}

/** `execvp` of musl hands nothing to a shell. What is linked statically may have either library. */
function starterOf(interpreter: string | undefined): Starter {
  return interpreter?.includes("ld-musl") ? "execve" : "execvp";
}

/** Groups that it keeps or asks for are taken for such as may count. */
function setprivIdentity(
  given: ReadonlyMap<string, string>,
  _operands: string[],
  { tree, identity, granted }: Container,
): Identity | Finding {
  const user = given.get("reuid") ?? given.get("euid");
  const group = given.get("regid") ?? given.get("egid");
  if (user === undefined && group === undefined) return identity;
  const next = identityOf(user ?? String(identity.uid), tree, granted);
  if ("code" in next) return next;
  const withGroup = group === undefined ? next : identityOf(`${user ?? identity.uid}:${group}`, tree, granted);
  if ("code" in withGroup) return withGroup;
  return { ...withGroup, perhapsGids: new Set([...identity.gids, ...next.gids, ...(identity.perhapsGids ?? [])]) };
}
