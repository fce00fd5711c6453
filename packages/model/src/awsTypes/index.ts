import { buckets } from "./buckets";
import { canonicalType } from "./canonicalType";
import { containers } from "./containers";
import { data } from "./data";
import { edge } from "./edge";
import { identity } from "./identity";
import { images } from "./images";
import { loadBalancing } from "./loadBalancing";
import { messaging } from "./messaging";
import { names } from "./names";
import { network } from "./network";
import { observability } from "./observability";
import { routine, type TypeSheet } from "./sheet";

const areas = [containers, images, network, loadBalancing, names, data, buckets, messaging, observability, identity, edge];

/** One fact sheet for each type of resource that the components of this repository make, by Pulumi type token. */
export const typeSheets: ReadonlyMap<string, TypeSheet> = new Map(areas.flatMap((area) => Object.entries(area)));

/** Providers and references to other stacks: the engine's own, and nothing at AWS. */
const ofPulumi: TypeSheet = {
  noun: "Pulumi resource",
  replaced: routine("Nothing outside Pulumi's state."),
  deleted: routine("Nothing outside Pulumi's state."),
  taggable: false,
  pricing: "free",
};

/**
 * What is known of a type, and of a resource with these inputs if they are given; undefined where nobody wrote a sheet. Whoever asks must tell
 * that apart from harmless, and from free.
 */
export function sheetOf(type: string, inputs?: Record<string, unknown>): TypeSheet | undefined {
  if (type.startsWith("pulumi:")) return ofPulumi;
  return inputs && !isToldBy(type, inputs) ? undefined : typeSheets.get(canonicalType(type));
}

/** Whether a resource with these inputs is what the sheet of its type is about: others' may have the type of ours. */
export function isToldBy(type: string, inputs: Readonly<Record<string, unknown>>): boolean {
  const toldBy = typeSheets.get(canonicalType(type))?.toldBy;
  return toldBy === undefined || toldBy in inputs;
}

export { canonicalType } from "./canonicalType";
export { isForProgramsAlone, isProof } from "./names";
export { typesBesideOurs } from "./besideOurs";
export { argumentDefaults } from "./defaults";
export { nameArgumentOf } from "./nameArguments";
export { setArguments } from "./sets";
export { isDeletionProtected } from "./deletionProtection";
export { replacementSource, type Loss, type Pricing, type TypeSheet } from "./sheet";
