import { constants } from "node:os";
import { imageCodes, likelyCause, type ImageCode, type LikelyCause } from "@fairlead/model";
import type { Certainty, Finding } from "@fairlead/inspection";

import { placeholderHost, type ContainerRun } from "./containerRun";
import { NotTried } from "./engine";
import { fitToPrint } from "./lastLines";
import { isLoopback, listenerText } from "./listeners";
import type { Ending } from "./watch";

const anyOf = (...patterns: string[]) => new RegExp(patterns.join("|"), "i");

/**
 * What the start of a container fails by that is the image's or the task's fault, in the words of runc, crun and Docker. An engine that may not do what it
 * is asked for says "permission denied" and "no such file" as well, of something else than the program.
 */
const imagesFault = anyOf(
  "executable file .*not found|open executable: ",
  "\\bexec:? .*: (no such file or directory|permission denied|exec format error|operation not permitted|is a directory)",
  "unable to find (user|group) |no matching entries in (passwd|group)|no command specified|chdir to cwd|cannot mkdir: .* is not a directory",
);

/** Programs of the engine's own, which it can miss as well. */
const enginesOwn = /"?(docker-init|catatonit|runc|crun|containerd-shim[\w-]*)"?: executable file not found/;

/** What an init program says of one that it can't start. */
const initsWords = /^\[(FATAL|WARN) +tini .*exec|^\[dumb-init\] .*: /m;

/** How programs say that they reach nobody. */
const missedNetwork = anyOf(
  "getaddrinfo|ENOTFOUND|EAI_(AGAIN|NONAME)|ECONN(REFUSED|RESET|ABORTED)|ENET(DOWN|UNREACH)|EHOST(DOWN|UNREACH)|ETIMEDOUT|nxdomain",
  "Name or service not known|Temporary failure in name|bad address|no such host|UnknownHost|could not (resolve|translate)|lookup address",
  "unreachable|no route to host|connection refused|could not connect|dial tcp|ServerSelectionError",
);

/** What may mean that as well. Rather too much: what is found here is told, and stops nothing. */
const mayMissNetwork = anyOf(
  "network|resolv|resolution|lookup|\\bdns\\b|host ?name|connect|timed? ?out|socket|EAI_|ECONN|refused|retr(y|ies)|unavailable|upstream",
  "credential|\\baws\\b|amazonaws|database|postgres|mysql|mongo|redis|amqp|kafka|broker",
);

/** What is to be said of an ending. `dies` alone where what the run lacked can't have been the reason. */
export function verdictOf(run: ContainerRun, ending: Ending, isEmulated: boolean): Finding[] {
  switch (ending.kind) {
    case "notStarted":
      return [notStarted(ending, isEmulated)];
    case "ended":
      return run.isJob && ending.exitCode === 0 ? [] : [ended(run, ending, isEmulated)];
    case "unhealthy":
      return [unhealthy(run, ending, isEmulated)];
    case "healthy":
    case "alive":
      return unreachable(run, ending);
    default:
      return ending.kind satisfies never;
  }
}

function notStarted({ refusal = "" }: Ending, isEmulated: boolean): Finding {
  const words = fitToPrint(refusal.split("\n")[0]!.replace(/^Error response from daemon: /, ""));
  if (isEmulated && /exec format error|no such file or directory/i.test(refusal))
    throw new NotTried(
      `this machine has no emulation for the image's platform (${words}). To add it: docker run --privileged --rm tonistiigi/binfmt --install all`,
    );
  if (enginesOwn.test(refusal) || !imagesFault.test(refusal)) throw new NotTried(`the engine does not start the container: ${words}`);
  return said("FL2156", "dies", `the container was not started: ${words}`, likelyCause({ reason: refusal, lines: [] }));
}

function ended(run: ContainerRun, { seconds, exitCode = 0, outOfMemory, lines }: Ending, isEmulated: boolean): Finding {
  const text = lines.join("\n");
  const reason = outOfMemory ? "OutOfMemoryError: Container killed due to memory usage" : "Essential container in task exited";
  const isExec = initsWords.test(text);
  const cause = likelyCause({ exitCode, reason, lines });
  const signal = signalOf(exitCode);
  const how = outOfMemory
    ? `was killed, ${duration(seconds)} after its start: it used more than its ${run.memoryMiB} MiB`
    : `ended ${duration(seconds)} after its start with exit code ${exitCode}${signal ? ` (${signal})` : ""}`;
  const isSure = !isEmulated && (outOfMemory === true || isExec || isProven(run, text, exitCode, cause));
  return said("FL2155", isSure ? "dies" : "may", `it ${how}`, isSure ? cause : unsureCause(text, cause), run);
}

const withoutNetwork: LikelyCause = {
  id: "dependency-unreachable",
  cause: "it had no network here, nor anything that it would find there.",
  fix: "Read its last lines. Where the network alone is what it missed, nothing; better, it goes on trying: what it needs may be away on ECS for a while as well.",
};

function unsureCause(text: string, cause: LikelyCause | undefined): LikelyCause | undefined {
  return missedNetwork.test(text) || (!cause?.said && mayMissNetwork.test(text)) ? withoutNetwork : cause;
}

/** As a shell and `env` end. */
const commandNotFound = [126, 127];

/** No program to start, one that can't be executed; SIGILL, SIGSEGV. */
const crashes = [126, 127, 132, 139];

/** Whether what the run lacked has no part in it. */
function isProven({ withheld, isJob }: ContainerRun, text: string, exitCode: number, cause?: LikelyCause): boolean {
  // What a job works on is elsewhere.
  const { secrets, outputs, fileSystems, sidecars, task } = withheld;
  if (missedNetwork.test(text) || text.includes(placeholderHost)) return false;
  if (cause?.said) return true;
  if (mayMissNetwork.test(text)) return false;
  // A program may be named by a variable.
  const isPlaceheld = commandNotFound.includes(exitCode) && secrets.length + outputs.length > 0;
  if (crashes.includes(exitCode) && !isPlaceheld) return true;
  return !isJob && !task && [secrets, outputs, fileSystems, sidecars].every((list) => list.length === 0);
}

function unhealthy(run: ContainerRun, { seconds, check, lines }: Ending, isEmulated: boolean): Finding {
  const { words = "", exitCode = 1, timedOut = false, cannotRun = false } = check ?? {};
  const last = fitToPrint(words.split("\n").filter(Boolean).at(-1) ?? "");
  const isSure = !isEmulated && (cannotRun || isProven(run, lines.join("\n"), exitCode));
  const how = timedOut ? "did not end in time" : `ended with exit code ${exitCode}`;
  return said(
    "FL2157",
    isSure ? "dies" : "may",
    `it was not healthy ${duration(seconds)} after its start: the last check ${cannotRun ? "could not be run" : how}${last ? `, with "${last}"` : ""}`,
    isSure ? undefined : unsureCause(lines.join("\n"), undefined),
    run,
  );
}

function unreachable({ containerPort }: ContainerRun, { listeners, seconds, kind }: Ending): Finding[] {
  if (containerPort === undefined || listeners === undefined) return [];
  const there = listeners.filter(({ port }) => port === containerPort);
  if (there.some((listener) => !isLoopback(listener))) return [];
  const others = listeners.map(listenerText).join(", ");
  const state = `${duration(seconds)} after its start${kind === "healthy" ? ", although it is healthy" : ""}`;
  if (there.length > 0)
    return [said("FL2158", "may", `it listens on ${listenerText(there[0]!)} alone, where nobody else reaches it, ${state}`)];
  return [
    said("FL2158", "may", `nothing listens on its containerPort ${containerPort} ${state}${others ? `; it listens on ${others}` : ""}`),
  ];
}

function said(code: ImageCode, certainty: Certainty, problem: string, cause?: LikelyCause, run?: ContainerRun): Finding {
  const because = cause ? `. Likely cause: ${cause.cause.replace(/\.$/, "")}` : "";
  const lacking = certainty === "may" && run ? lacked(run, cause) : "";
  const { consequence, fix } = imageCodes[code];
  return { code, certainty, problem: `${problem}${because}${lacking}`, consequence, fix: cause?.fix ?? fix };
}

function lacked({ withheld: { secrets, outputs } }: ContainerRun, cause: LikelyCause | undefined): string {
  const variables = [...secrets, ...outputs];
  const texts = variables.length > 0 ? [`texts in place of ${variables.join(", ")}`] : [];
  const things = [...texts, ...(cause === withoutNetwork ? [] : ["no network"])];
  return things.length > 0 ? `. It had ${things.join(", and ")}` : "";
}

function signalOf(exitCode: number): string | undefined {
  return Object.entries(constants.signals).find(([, number]) => exitCode === 128 + number)?.[0];
}

export function duration(seconds: number): string {
  return `${seconds < 1 ? seconds.toFixed(2) : seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}
