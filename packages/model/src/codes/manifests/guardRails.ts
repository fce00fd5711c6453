import type { Explanations } from "../explanation";

/** What the platform team allows in an environment. */
export const guardRailCodes = {
  FL1032: {
    title: "size above a guard rail",
    meaning: "The task is larger than the platform team allows in this environment.",
    fix: "Make it smaller there, or ask the platform team: the message says where the guard rail is set.",
    example: "environments:\n  prod:\n    cpu: 2048",
  },
  FL1033: {
    title: "service without an owner",
    meaning: "The platform team asks each service in this environment for an owner, so that whoever is on call knows whom to wake.",
    fix: "Add it.",
    example: "owner: shop",
  },
  FL1034: {
    title: "service without a required tag",
    meaning: "The platform team asks each service in this environment for this tag.",
    fix: "Add it.",
    example: 'tags:\n  cost-center: "4711"',
  },
  FL1035: {
    title: "more tasks than a guard rail allows",
    meaning: "The service may have more tasks than the platform team allows in this environment.",
    fix: "Lower desiredCount, or scaling.maxCapacity.",
  },
} satisfies Explanations<"FL10">;
