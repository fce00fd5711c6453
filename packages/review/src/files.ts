import type { ChangeSet } from "@fairlead/changes";
import { environmentsFile, lockFile } from "@fairlead/model";

import { isEqual } from "./arguments/judge";
import type { Danger } from "./danger";
import type { Configured } from "./place";

/** What another value of a key means, of the project's file or the stack's. */
const meanings: Readonly<Record<string, string>> = {
  encryptedkey: "Whoever deploys needs the key that it is encrypted by: without it no secret of the state can be read, and `up` fails.",
  encryptionsalt: "Whoever deploys needs its passphrase: without it no secret of the state can be read, and `up` fails.",
  environment:
    "Credentials and configuration come from an environment of Pulumi's cloud, which no plan shows: maybe those of another account.",
  runtime: "The program is run otherwise. The embedded plan runs it in its own way, and shows nothing of that.",
  options: "The engine carries plans out otherwise, which no plan shows.",
  plugins: "Other providers carry it out than those that are installed: what they do no plan shows.",
  packages: "Other providers may carry it out: what they do no plan shows.",
};

/** What the project's files change that is in no plan: how it is run, how secrets are kept, and in which order stacks are brought out. */
export function changedFiles(changes: ChangeSet, before: Configured | undefined, after: Configured | undefined): Danger[] {
  // A stack that is new has no way that it went before.
  if (!before || !after || changes.before.resources.length === 0) return [];
  const [was, is] = [before.besides ?? {}, after.besides ?? {}];
  const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => !isEqual(was[name], is[name]));
  // Told by `movedPlaces`: where values come from, and by which key they are encrypted.
  const isOfProvider = before.secretsProvider !== after.secretsProvider;
  const isTold = (name: string) => {
    const key = name.split(" ")[1] ?? "";
    if (key === "environment") return !isEqual(before.environments, after.environments);
    return key === "secretsprovider" || (isOfProvider && (key === "encryptedkey" || key === "encryptionsalt"));
  };
  return [
    ...changed.filter((name) => name !== environmentsFile && !isLocked(name) && !isTold(name)).map(fileKey),
    ...changed
      .filter((name) => isLocked(name) && was[name] !== undefined && is[name] !== undefined)
      .map((name) => major(name, was[name], is[name])),
    ...reordered(was[environmentsFile], is[environmentsFile], changes.stack),
    ...uncommitted(before, after),
  ];
}

const isLocked = (name: string) => name.startsWith(`${lockFile} `);

function major(name: string, was: unknown, is: unknown): Danger {
  const text =
    "What it does with the same arguments, and what it replaces for, may be something else: no plan of the program shows it. Read what it says of upgrading, and the engine's preview.";
  const title = `takes version ${String(is)} of ${name.slice(lockFile.length + 1)}, before ${String(was)}`;
  return { severity: "unknown", title, forcedBy: [lockFile], text, urns: [] };
}

function fileKey(name: string): Danger {
  const key = name.split(" ").slice(1).join(" ");
  const [file] = name.split(" ");
  const text = meanings[key] ?? "What it changes no plan shows.";
  return { severity: "unknown", title: `changes ${key} in ${file}`, forcedBy: [], text, urns: [] };
}

/** The environments that a commit reaches before this one: another order brings it out less, or more, tried. */
function reordered(was: unknown, is: unknown, stack: string): Danger[] {
  const earlier = (order: unknown) =>
    Array.isArray(order) && order.includes(stack) ? (order as string[]).slice(0, order.indexOf(stack)) : undefined;
  const [old, now] = [earlier(was), earlier(is)];
  if (!old || !now) return [];
  const missing = old.filter((name) => (is as string[]).includes(name) && !now.includes(name));
  if (missing.length === 0) return [];
  const text = `A commit was tried in ${missing.join(" and ")} before it came here. From then on it comes here first.`;
  return [
    { severity: "lessProtected", title: `is brought out before ${missing.join(" and ")}`, forcedBy: [environmentsFile], text, urns: [] },
  ];
}

function uncommitted(before: Configured, after: Configured): Danger[] {
  const key = "uncommittedSources";
  const value = ({ name, config }: Configured) => config[`${name}:${key}`];
  if (value(before) !== "refuse" || value(after) === "refuse") return [];
  const text = "What runs may then be in no commit: nobody can read what it is, or build it again.";
  return [{ severity: "lessProtected", title: "lets images be built from uncommitted sources", forcedBy: [key], text, urns: [] }];
}
