import { Type } from "@sinclair/typebox";

import { listOf, number, object, oneOf, optional, text, texts, yes } from "./parts";

const said = { of: text("A service or job by its manifest's name, else a resource or a stack."), text: text("The fact in words.") };
const permissions = listOf(object({ what: text("`send to`"), on: text("`queue report-requests`") }));
const seconds = (description: string) => number({ description: `Seconds: ${description}` });

/** Who meets what by a change. */
export const affected = Type.Union([
  object(
    {
      kind: Type.Literal("rollout"),
      ...said,
      seconds: seconds("an estimate."),
      tasks: number(),
      serving: number({ description: "As few of them may serve meanwhile." }),
      from: object({
        starting: seconds("assumed for a task to start."),
        untilHealthy: seconds("until its health checks have passed."),
        draining: seconds("until the old tasks have no connections."),
        waiting: seconds("of steps and bakes."),
        waves: number(),
      }),
      hasHooks: yes(),
    },
    "How tasks are exchanged.",
  ),
  object({ kind: Type.Literal("dependents"), ...said, callers: texts(), goes: yes() }, "Who calls what is exchanged, or goes."),
  object(
    { kind: Type.Literal("name"), ...said, name: text(), by: text(), now: optional(text()), users: texts(), stillUsedBy: texts() },
    "A name that is found no more.",
  ),
  object({ kind: Type.Literal("permissions"), ...said, gains: permissions, loses: permissions }, "What a program may do."),
  object(
    { kind: Type.Literal("reach"), ...said, gains: texts(), loses: texts(), keeps: texts() },
    "What a service may connect to, but for other services.",
  ),
  object(
    { kind: Type.Literal("variables"), ...said, gains: texts(), loses: texts(), changes: texts(), secrets: texts() },
    "Names of variables beside those of the manifest.",
  ),
  object(
    {
      kind: Type.Literal("job"),
      ...said,
      before: texts("Services that wait for it."),
      timeoutMinutes: optional(number()),
      schedule: optional(object({ before: optional(text()), after: optional(text()) })),
    },
    "A job that runs in this `up`, or at other times from then on.",
  ),
  object({ kind: Type.Literal("outputs"), ...said, outputs: texts(), gone: texts() }, "Another stack that reads outputs which change."),
  object(
    {
      kind: Type.Literal("rollback"),
      ...said,
      reasons: listOf(
        object({
          what: text(),
          why: oneOf(["deleted", "replaced", "upgraded", "migrated", "rotated"]),
          detail: optional(text()),
        }),
      ),
    },
    "Why going back to the program before doesn't bring back what there was.",
  ),
]);
