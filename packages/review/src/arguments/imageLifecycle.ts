import { parsedJson } from "@fairlead/changes";
import { canonical, isMap } from "@fairlead/model";

import { asList, cantTell, dataLoss, interrupts, isEqual, isUnknown, type Judge } from "./judge";

interface Rule {
  /** Which images it is for, and how it counts them. */
  selection: string;
  count: number;
}

const earlier = dataLoss(
  "Images are deleted earlier than before, within a day: a rollback, and who runs them elsewhere, finds fewer of them.",
);
const otherwise = interrupts(
  "Which images are deleted is another choice: what runs, or a rollback needs, may be among them. AWS deletes them within a day.",
);

/**
 * How many images, or for how long, a lifecycle policy keeps. A rule keeps from those after it what it is for, so that their order counts.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export const imageLifecycle: Judge = ({ before, after }) => {
  if (after === undefined) return undefined;
  const [was, is] = [before === undefined ? [] : rulesOf(before), rulesOf(after)];
  if (!was || !is) return isUnknown(after) ? cantTell : otherwise;
  const isSameChoice = is.every(({ selection }, index) => selection === was[index]?.selection);
  if (!isSameChoice) return otherwise;
  if ([...was, ...is].some(({ count }) => Number.isNaN(count))) return cantTell;
  return is.some(({ count }, index) => count < was[index]!.count) ? earlier : undefined;
};

/** In the order in which they count; undefined where they can't be read. */
function rulesOf(policy: unknown): Rule[] | undefined {
  const document = typeof policy === "string" ? parsedJson(policy) : policy;
  if (!isMap(document) || !Array.isArray(document.rules)) return undefined;
  return [...asList(document.rules).filter(isMap)]
    .sort((a, b) => Number(a.rulePriority) - Number(b.rulePriority))
    .map(({ selection, action }) => {
      const { countNumber, ...rest } = isMap(selection) ? selection : {};
      return { selection: canonical({ ...rest, ...(isEqual(action, { type: "expire" }) ? {} : { action }) }), count: Number(countNumber) };
    });
}
