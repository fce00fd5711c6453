import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { rootOf } from "@fairlead/plan";
import { isFailed, type ChangeReport } from "@fairlead/report";
import type { DangerKind } from "@fairlead/review";

/** One thing that is held. */
export interface HeldThing {
  stack: string;
  kind: DangerKind;
  urn: string;
}

/** Of this clone alone: git ignores the folder. */
const fileIn = (root: string) => join(root, ".fairlead", "held.json");

/** Keeps what a comparison held, for `fairlead allow`. Where nothing can be written it is done without: the command is printed with all that it takes. */
export function keepHeld({ stacks }: ChangeReport): void {
  const held = stacks.flatMap((stack) =>
    isFailed(stack)
      ? []
      : stack.held.flatMap(({ kind, urns, isRefused }) =>
          (isRefused ? [] : urns).map((urn): HeldThing => ({ stack: stack.stack, kind, urn })),
        ),
  );
  const file = fileIn(rootOf());
  if (held.length === 0 && !existsSync(file)) return;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(held));
  } catch {
    return;
  }
}

/** What the last comparison held; undefined where there was none. */
export function lastHeld(): HeldThing[] | undefined {
  try {
    return JSON.parse(readFileSync(fileIn(rootOf()), "utf8")) as HeldThing[];
  } catch {
    return undefined;
  }
}
