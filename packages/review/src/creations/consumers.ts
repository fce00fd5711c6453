import { referencesIn, type PlanResource } from "@fairlead/plan";

import { interrupts } from "../arguments/judge";
import { documentIn } from "../openings/statements";
import type { CreationJudge } from "./around";

const takes = /^sqs:(ReceiveMessage|\*)$/i;

/** URNs of the queues from which a role's policy lets take messages. */
function queuesOf({ type, inputs }: PlanResource): string[] {
  if (type !== "aws:iam/rolePolicy:RolePolicy") return [];
  const taken = documentIn(inputs.policy)?.permissions.filter(({ effect, action }) => effect === "Allow" && takes.test(action)) ?? [];
  return taken.flatMap(({ resource }) => referencesIn(resource).map(({ urn }) => urn));
}

/**
 * Another program that takes messages from a queue from which one takes them already.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
 */
export const newConsumer: CreationJudge = (created, { staying }) => {
  const queues = queuesOf(created);
  if (queues.length === 0) return undefined;
  const other = staying.find((each) => queuesOf(each).some((queue) => queues.includes(queue)));
  if (!other) return undefined;
  const queue = queuesOf(other).find((each) => queues.includes(each))!;
  return interrupts(
    `It lets take messages from queue ${queue.split("::").at(-1)!}, as ${other.name} does already: each message goes to one of the two alone, and is gone once that one deletes it.`,
  );
};
