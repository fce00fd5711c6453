import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { configurationFile, pinnedImagesKey, UserError, type PinnedDigest } from "@fairlead/model";
import type { Project } from "@fairlead/plan";
import { isMap, parseDocument } from "yaml";

/** Where a stack's pins are written. */
export type PinPlace = Pick<Project, "configFolder" | "name">;

/** Path of the stack's configuration, from a folder. */
export function pinFile({ configFolder }: PinPlace, stack: string): string {
  return join(configFolder, configurationFile(stack));
}

/** Full key of the stack's configuration. */
export const pinKey = ({ name }: Pick<PinPlace, "name">) => `${name}:${pinnedImagesKey}`;

/** @throws UserError where no pin could be written: to be known before ECS is asked for something */
export function insistOnPins(place: PinPlace, stack: string): void {
  configurationOf(pinFile(place, stack));
}

/** Writes a pin into the stack's configuration, or removes it; all else in the file stays as it is. */
export function writePin(place: PinPlace, stack: string, service: string, pin: PinnedDigest | undefined): void {
  const file = pinFile(place, stack);
  const document = configurationOf(file);
  const key = ["config", pinKey(place)];
  if (pin) document.setIn([...key, service], document.createNode({ tag: pin.tag, digest: pin.digest }));
  else document.deleteIn([...key, service]);
  const left = document.getIn(key);
  if (isMap(left) && left.items.length === 0) document.deleteIn(key);
  writeFileSync(`${file}.new`, document.toString({ lineWidth: 0 }));
  renameSync(`${file}.new`, file);
}

function configurationOf(file: string) {
  const document = parseDocument(readFileSync(file, "utf8"));
  if (document.errors.length > 0) throw new UserError(`${file} is no YAML: ${document.errors[0]!.message}`);
  return document;
}
