import type { Explanation, Explanations } from "./explanation";

/** What `fairlead inspect --run` tells of a container that it started; the consequence is what ECS makes of it. */
export const containerRunCodes = {
  FL2155: {
    title: "container that ended",
    meaning: "`fairlead inspect --run` started a container of the image as the task would, and it ended, killed by Linux or by itself.",
    consequence:
      "Essential container in task exited: ECS stops the task and starts the next one, which ends as well; the deployment fails.",
    fix: "Its last lines say more. A job may end, with exit code 0; anything else is to run in the foreground.",
    example: "npx fairlead inspect ./image.tar --run --service api --stack dev",
  },
  FL2156: {
    title: "container that can't be started",
    meaning:
      "`fairlead inspect --run` had the container runtime start the image as the task would, and it refused; the message has its words.",
    consequence: "No task starts: CannotStartContainerError, CannotCreateContainerError, or exit code 127 at once.",
    fix: "Correct what the runtime names: the program, its mode, its user, the folder that it starts in.",
  },
  FL2157: {
    title: "container that does not become healthy",
    meaning: "`fairlead inspect --run` gave the container its start period and all retries of its health check, and none succeeded.",
    consequence: "Task failed container health checks: ECS replaces each task, and the deployment fails.",
    fix: "Run the check by hand in the container. Does it name the right port, and is its program in the image? Raise startPeriodSeconds where the program needs longer.",
  },
  FL2158: {
    title: "port that nobody reaches",
    meaning: "The container of `fairlead inspect --run` lived, but nothing in it listened on its containerPort, or only on 127.0.0.1.",
    consequence: "The load balancer and other services can't connect: its targets stay unhealthy, and the deployment fails.",
    fix: "Listen on 0.0.0.0 (or ::) and on the port that the manifest names; the variable PORT has it.",
  },
  FL2159: {
    title: "container that could not be tried",
    meaning:
      "`fairlead inspect --run` needs a container engine that runs the image's platform: there is none, it does not answer, or it failed by itself.",
    consequence: "Nothing is known of how a container would end. The exit code is 2; what the image's files say is told all the same.",
    fix: "Install Docker (https://docs.docker.com/engine/install) or Podman and start it. For another platform, its emulation: docker run --privileged --rm tonistiigi/binfmt --install all.",
  },
} satisfies Explanations<"FL21", Explanation & { consequence: string }>;
