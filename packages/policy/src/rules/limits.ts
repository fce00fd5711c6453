import type { PlanIndex } from "../planIndex";
import type { Rule, Violation } from "../rule";

/** @see https://docs.aws.amazon.com/general/latest/gr/aws_tagging.html */
const maxTags = 50;
const maxKey = 128;
const maxValue = 256;
const reserved = /^aws:/i;

function tagsOf(plan: PlanIndex): { resource: Violation["resource"]; tags: Record<string, unknown> }[] {
  return plan.plan.resources.flatMap((resource) => {
    const { tags } = resource.inputs;
    return tags !== null && typeof tags === "object" && !Array.isArray(tags) && !("$output" in tags)
      ? [{ resource, tags: tags as Record<string, unknown> }]
      : [];
  });
}

export const limitRules: Rule[] = [
  {
    control: "FL.LIMIT.1",
    title: "Tags are within AWS's limits",
    asks: "of each resource with tags",
    fix: `At most ${maxTags} tags, keys of ${maxKey} and values of ${maxValue} characters, none beginning with aws:.`,
    check: (plan) =>
      tagsOf(plan).flatMap(({ resource, tags }) => {
        const entries = Object.entries(tags);
        const bad = entries.filter(
          ([key, value]) =>
            key.length > maxKey || reserved.test(key) || (typeof value === "string" && !value.includes("${") && value.length > maxValue),
        );
        const problems = [
          ...(entries.length > maxTags ? [`it has ${entries.length} tags`] : []),
          ...bad.map(([key]) => `its tag ${key.slice(0, 40)} is too long or begins with aws:`),
        ];
        return problems.map((problem) => ({ resource, problem }));
      }),
  },
];
