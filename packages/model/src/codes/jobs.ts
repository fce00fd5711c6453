import type { Explanations } from "./explanation";

/** What can go wrong with a job. */
export const jobCodes = {
  FL2201: {
    title: "job failed",
    meaning:
      "The job's container ended with another exit code than 0, or never ran. The services that wait for it keep running what they run.",
    fix: "The message has the exit code, the reason that ECS gives, and the last lines of the log. Mend it, and run `pulumi up` again.",
  },
  FL2202: {
    title: "job took too long",
    meaning: "The job was still running after timeoutMinutes, and was stopped.",
    fix: "See its log. If it needs longer, raise timeoutMinutes.",
  },
  FL2203: {
    title: "job outlived the session",
    meaning:
      "The job's task still runs, and the AWS session of whoever ran `pulumi up` has ended: nobody can be asked whether it ended well.",
    fix: "Run `pulumi up` again. It finds the task and waits for it; it starts no second one while that runs.",
  },
} satisfies Explanations<"FL22">;
