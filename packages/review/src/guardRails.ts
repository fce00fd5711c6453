import type { ChangeSet } from "@fairlead/changes";

import { itemsBeyond } from "./arguments/judge";
import type { Danger } from "./danger";

/** Guard rails of the composition that go, or that let more through. */
export function loosenedGuardRails({ before, after }: ChangeSet): Danger[] {
  if (before.resources.length === 0 || after.resources.length === 0) return [];
  const [was, is] = [before.guardRails ?? {}, after.guardRails ?? {}];
  const looser = Object.keys(was).filter((key) => isLooser(was[key], is[key]));
  if (looser.length === 0) return [];
  const text = "Manifests that were refused until now are let through.";
  return [{ severity: "lessProtected", title: `loosens the guard rails: ${looser.join(", ")}`, forcedBy: [], text, urns: [] }];
}

/** Of a number more; of a list fewer; of what is asked for, that it isn't any more. */
function isLooser(was: unknown, is: unknown): boolean {
  if (was === undefined || was === false) return false;
  if (typeof was === "number") return typeof is !== "number" || is > was;
  return Array.isArray(was) ? itemsBeyond(was, is).length > 0 : was !== is;
}
