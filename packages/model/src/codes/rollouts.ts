import type { Explanations } from "./explanation";

/** What can go wrong when a service is rolled out. */
export const rolloutCodes = {
  FL2204: {
    title: "rollout failed",
    meaning:
      "ECS gave up the deployment of what was asked for: tasks did not become healthy, an alarm went off, a hook refused, or somebody stopped it. What ran before " +
      "serves as before, where ECS could go back to it; tags and outputs still name that.",
    fix: "The message has what ECS says, the first task that failed with its last words, and the likely cause. Mend it, and run `pulumi up` again; without a change it asks ECS once more.",
  },
  FL2205: {
    title: "rollout takes longer than it is followed",
    meaning: "After the time that follows from the strategy, its steps and its bakes the deployment had not ended. ECS goes on with it.",
    fix: "Run `pulumi up` again: it follows the same deployment. If its function or approval takes longer, that is so each time.",
  },
  FL2206: {
    title: "rollout could not be followed to its end",
    meaning: "AWS answered no longer: the session of whoever ran `pulumi up` has ended, or a permission is missing. ECS goes on by itself.",
    fix: "Sign in again or add the permission that the message names, and run `pulumi up` again: it follows what ECS does.",
  },
  FL2207: {
    title: "traffic is still on the second target group",
    meaning:
      "The service is to be ROLLING, its last deployment left the traffic on the second of its two target groups, and ECS could not bring it back by a deployment of " +
      "what runs, or another deployment was still under way. Rules that named the first group would send requests to nobody.",
    fix: "See what keeps that deployment from ending, and run `pulumi up` again. Or keep the strategy as it was.",
  },
  FL2208: {
    title: "service is gone",
    meaning:
      "The service whose rollout was followed, or its cluster, was deleted outside of Pulumi, or is being deleted. Nothing of it goes on. The stack's state still has it, so that another " +
      "`pulumi up` would follow what is not there.",
    fix: "Run `pulumi refresh`, which takes it out of the state, and then `pulumi up`, which makes it anew.",
  },
} satisfies Explanations<"FL22">;
