import type { ResourceChange } from "@fairlead/changes";
import type { PlanResource } from "@fairlead/plan";

import { itemsBeyond } from "../arguments/judge";
import type { OneDanger } from "../danger";
import type { Doors } from "./doors";
import { isWidePolicy } from "./services";

/** Policies of AWS's or others' that something gets. @param isNew whether what an argument names is new as well */
export function openedAttachments(
  { type, name, urn, operation, before, after }: ResourceChange,
  isNew: (resource: PlanResource, argument: string) => boolean,
  doors: Pick<Doors, "throughAttached">,
): OneDanger[] {
  if (!after || operation === "delete") return [];
  const wide = (policies: readonly unknown[]): OneDanger[] =>
    policies.filter((policy) => isWidePolicy(String(policy))).map((policy) => attached(String(policy), name, urn));
  if (type === "aws:iam/role:Role") {
    const gained = itemsBeyond(after.inputs.managedPolicyArns, before?.inputs.managedPolicyArns);
    const others = before ? doors.throughAttached(after, gained) : undefined;
    return others === undefined ? wide(gained) : [throughRole(name, urn, others)];
  }
  if (!/^aws:iam\/\w*[pP]olicyAttachment:/.test(type)) return [];
  const policy = String(after.inputs.policyArn);
  if (isWidePolicy(policy)) return wide([policy]);
  const who = ["role", "user", "group"].find((key) => key in after.inputs) ?? "roles";
  if (operation === "create" && isNew(after, who)) return [];
  const others = doors.throughAttached(after, [after.inputs.policyArn]);
  if (others !== undefined) return [throughRole(name, urn, others)];
  return [
    {
      severity: "lessProtected",
      verb: "attaches",
      name: policy.includes("${") ? name : policy.split("/").at(-1)!,
      urn,
      text: "Who has the role may do what that policy allows.",
    },
  ];
}

function throughRole(name: string, urn: string, others: string): OneDanger {
  return {
    severity: "opened",
    verb: "attaches",
    name,
    urn,
    text: `By the role ${others}, who is not of this account, may do what that policy allows.`,
  };
}

function attached(policy: string, name: string, urn: string): OneDanger {
  return {
    severity: "opened",
    verb: "attaches",
    name: policy.split("/").at(-1)!,
    urn,
    text: `${name} may do all that it says from then on.`,
  };
}
