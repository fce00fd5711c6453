import { cloudFormationStack, type Thing } from "../found/thing";
import type { Deletion } from "./deletionPolicy";

/** Kinds that Copilot's environment has for the services that use them, and takes away with the last of these. */
const sharedByCopilot: Partial<Record<Thing["kind"], string>> = { loadBalancer: "ALBWorkloads", fileSystem: "EFSWorkloads" };

/**
 * What the owner of a thing may do to it while a stack of ours goes by it, a sentence each.
 *
 * @param deletion what becomes of it when its stack of CloudFormation is deleted; undefined where that could not be told
 */
export function ownerNotes(thing: Thing, deletion: Deletion | undefined): string[] {
  const stack = cloudFormationStack(thing);
  if (stack === undefined) return [];
  const environment = thing.tags["copilot-environment"];
  const parameter = environment === undefined ? undefined : sharedByCopilot[thing.kind];
  return [
    ofDeletion(stack, deletion),
    ...(parameter === undefined
      ? []
      : [
          `Copilot's environment ${environment} takes it away with the last service of Copilot's that uses it (${parameter} of the stack ${stack}): leave that service's stack, with no tasks, until nothing of yours is behind it.`,
        ]),
  ];
}

function ofDeletion(stack: string, deletion: Deletion | undefined): string {
  const whole = `The CloudFormation stack ${stack} owns it`;
  switch (deletion) {
    case "kept":
      return `${whole}, and keeps it when the stack is deleted (DeletionPolicy).`;
    case "snapshot":
      return `${whole}, and deletes it with the stack, after a last snapshot: set DeletionPolicy: Retain in its template before you delete the stack.`;
    case "deleted":
      return `${whole}, and deletes it with the stack: set DeletionPolicy: Retain in its template before you delete the stack.`;
    default:
      return `${whole}. What becomes of it with the stack could not be told: look at its DeletionPolicy.`;
  }
}
