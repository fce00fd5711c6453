import type { Explanations } from "./explanation";

/** Why `fairlead smoke` doesn't begin. */
export const smokeCodes = {
  FL2601: {
    title: "stack of a smoke run that has resources",
    meaning: "`fairlead smoke` creates all that a stack has and destroys it again, and the stack that it was given already has resources.",
    fix: "Give it an environment of its own: `npx fairlead new environment <name>`, then `pulumi stack init <name>`.",
  },
  FL2602: {
    title: "stack of a smoke run that is protected",
    meaning:
      "The plan has resources with deletion protection. AWS would refuse to delete them at the end of `fairlead smoke`, and they would go on costing.",
    fix: "Take an environment without it, such as a copy of dev: `npx fairlead new environment <name> --from dev`.",
  },
  FL2603: {
    title: "smoke run that nobody confirmed",
    meaning:
      "What was typed is neither the account nor the stack, `--account` names another account than the one that the stack's credentials belong to, or there is no terminal to ask on.",
    fix: "Look at the account that the message names. Where nobody can be asked: `--yes --account <id>`.",
  },
  FL2604: {
    title: "smoke run without an account",
    meaning: "AWS doesn't say which account the stack's credentials belong to, or they are none.",
    fix: "Log in as for `pulumi up`. They are looked for as Pulumi's AWS provider does: the stack's configuration, the environment, the profile.",
  },
  FL2605: {
    title: "stack of a smoke run that can't be read",
    meaning:
      "Pulumi can't read the stack's state or configuration: it is not there, you are not logged in, or its secrets can't be decrypted.",
    fix: "`pulumi login`, `pulumi stack init <stack>`, the passphrase; the message has Pulumi's own words, but for those of a command that had read secrets.",
  },
} satisfies Explanations<"FL26">;
