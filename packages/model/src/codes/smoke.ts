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
      "What was typed is neither the account nor the stack, `--account` names another account than the one that the stack's credentials belong to or none, " +
      "`--yes` and `--account` are not there both, or there is no terminal to ask on. The message names both accounts, on the terminal alone.",
    fix: "Take credentials of the account that you mean (AWS_PROFILE, aws:profile), or name the other one. Where nobody is to be asked: `--yes --account <id>`.",
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
  FL2606: {
    title: "smoke run without a program that it needs",
    meaning:
      "The Pulumi CLI, `docker buildx`, by which the plan's images are built, or a plugin of Pulumi's, in which a provider runs, is not here. " +
      "A plugin is installed unless PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION is set, and that failed.",
    fix: "Install it; the message says how. It has to be on the PATH.",
    example: "pulumi version && docker buildx version && pulumi plugin ls",
  },
  FL2607: {
    title: "stack of a smoke run that is not committed",
    meaning: "`fairlead smoke` works in a clone of the last commit, and the stack's program or composition is not in that.",
    fix: "Commit it, on a branch that is never merged.",
    example: 'git switch --create smoke\ngit add --all && git commit --message "An environment for a day"',
  },
} satisfies Explanations<"FL26">;
