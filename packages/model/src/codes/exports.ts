import type { Explanations } from "./explanation";

/** Why what is deployed can't be written as plain files. */
export const exportCodes = {
  FL3001: {
    title: "state that can't be read",
    meaning:
      "The state of the stack was asked for and is none: the file is not there or is no JSON of `pulumi stack export`, or Pulumi refused to tell it.",
    fix: "Select the backend and the stack that were deployed, or name a file: `--state state.json`.",
    example: "pulumi stack export --stack prod --file state.json && npx fairlead export terraform-import prod --state state.json",
  },
  FL3002: {
    title: "nothing deployed",
    meaning: "The state has no resources, so that there is nothing to take along.",
    fix: "Name the stack that runs. `pulumi stack ls` lists them, with the number of their resources.",
  },
  FL3003: {
    title: "task definition that can't be in a file",
    meaning:
      "The containers of a task definition are a secret as a whole, because a variable among them was made of a secret, or they are known only after deployment. Secrets are never exported. Nothing was written.",
    fix: "Give secrets to containers as `secrets`, by ARN, which is also what keeps them out of the ECS console.",
  },
  FL3004: {
    title: "files in the way of an export",
    meaning: "A file that would be written is there already, with other contents. Export writes over nothing, and nothing was written.",
    fix: "Name another folder with --out, or remove the files.",
    example: "npx fairlead export compose prod --out ../leaving",
  },
} satisfies Explanations<"FL30">;
