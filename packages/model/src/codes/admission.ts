import type { Explanation, Explanations } from "./explanation";

const unchecked = (what: string) => `ECS would run it: it ${what}. The task definition was left as it is, and what runs keeps running.`;

/** What an environment requires of images, whatever is in them; the consequence is what ECS makes of it. */
export const admissionCodes = {
  FL2160: {
    title: "image from a registry that is not allowed",
    meaning: "The environment lets images come from certain registries alone (fairlead:allowedRegistries), and this one is of another.",
    consequence: unchecked("pulls from anywhere"),
    fix: "Take the image from one of them, such as a copy in a registry of your own; or have the platform team allow where it lies.",
    example: "pulumi config set --path 'allowedRegistries[0]' public.ecr.aws/docker -s prod",
  },
} satisfies Explanations<"FL21", Explanation & { consequence: string }>;
