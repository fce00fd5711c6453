import { fargateSizeWith } from "@fairlead/model";

import type { Facts } from "../facts";
import type { ManifestChange } from "../finding";

/** Twice the memory, or the next size that Fargate has; with the CPU that it then needs. */
export function moreMemory(facts: Facts): { changes: ManifestChange[]; to: number } | undefined {
  const [memory, cpu] = [Number(facts.definition?.memory), Number(facts.definition?.cpu)];
  if (!(memory > 0)) return undefined;
  const wanted = memory * 2;
  if (!isFargate(facts)) return { changes: [{ path: ["memoryMiB"], value: wanted }], to: wanted };
  const size = fargateSizeWith(wanted, cpu);
  if (!size) return undefined;
  const changes: ManifestChange[] = [{ path: ["memoryMiB"], value: size.memoryMiB }];
  return { changes: size.cpu === cpu ? changes : [{ path: ["cpu"], value: size.cpu }, ...changes], to: size.memoryMiB };
}

/** Twice the disk, as far as Fargate has it; on instances the disk is theirs. */
export function moreStorage(facts: Facts): ManifestChange[] | undefined {
  const size = facts.definition?.ephemeralStorage?.sizeInGiB ?? 20;
  return isFargate(facts) && size < 200 ? [{ path: ["ephemeralStorageGiB"], value: Math.min(200, size * 2) }] : undefined;
}

function isFargate(facts: Facts): boolean {
  return facts.definition?.requiresCompatibilities?.includes("FARGATE") ?? true;
}

/** `a.b.c` */
export const keyOf = (path: readonly (string | number)[]) => path.join(".");
