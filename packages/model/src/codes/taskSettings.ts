import type { Explanation, Explanations } from "./explanation";

const stops = (error: string) => `Every task stops as it starts: ${error}.`;

/** What can be wrong between an image and how a task runs it; the consequence is what ECS makes of it. */
export const taskSettingCodes = {
  FL2148: {
    title: "program found relative to WORKDIR",
    meaning:
      "A program without a slash in its name is found in a folder of PATH that is relative, or empty, before any other. The container runtime (runc) refuses such a program, and looks no further.",
    consequence: stops("cannot run executable found relative to current directory"),
    fix: "Write the folder in PATH from the root on, or name the program by its path.",
    example: "ENV PATH=/app/bin:$PATH",
  },
  FL2149: {
    title: "working directory that can't be entered",
    meaning: "The image's WORKDIR is no folder, or leads through what is none. One that is missing is made as the container starts.",
    consequence: stops("mkdir: not a directory, as the container is made"),
    fix: "Name a folder, from the root on.",
    example: "WORKDIR /app",
  },
  FL2150: {
    title: "file capability that the container is not granted",
    meaning:
      "A program was given a Linux capability (setcap) that the task's containers don't have, so that Linux refuses to start it, whoever the user is.",
    consequence: stops("operation not permitted"),
    fix: "Take it away (setcap -r). No service.yaml grants a capability; a task definition of your own can, on Fargate SYS_PTRACE alone.",
    example: "RUN setcap -r /usr/bin/vault",
  },
  FL2168: {
    title: "image that runs as root",
    meaning: "The task leaves its user to the image (user: image), and the image's is root: its Dockerfile has no USER, as most have none.",
    consequence:
      "It runs. Whoever makes the program do what it should not is root in the container; Security Hub's ECS.20 asks for another user.",
    fix: "Add USER with a number above 0 to the Dockerfile's last stage, or name one as user, once the files that it writes are its own.",
    example: "RUN chown -R 1000 /app/data\nUSER 1000",
  },
  FL2151: {
    title: "port that is root's",
    meaning:
      "The containerPort is below 1024, and the container's user is not root. In a network of the task's own (awsvpc, as on Fargate) Linux keeps these ports for root; Docker on a laptop doesn't.",
    consequence: stops("bind: permission denied"),
    fix: "Listen on a port from 1024 on; the load balancer keeps its own.",
    example: "containerPort: 8080",
  },
  FL2152: {
    title: "program that writes, on files that can't be written",
    meaning:
      "The task's root file system can't be written (readonlyRootFilesystem), and the program is one that writes files as it starts and ends where it can't. Its configuration may say otherwise.",
    consequence: stops("read-only file system"),
    fix: "Give it a volume where it writes, or tell it to write elsewhere.",
    example:
      "# Dockerfile\nRUN mkdir -p /var/cache/app && chown 1000:1000 /var/cache/app\nVOLUME /var/cache/app\n# service.yaml\nwritableMounts: [/var/cache/app]",
  },
  FL2153: {
    title: "container that ends at once",
    meaning:
      "The container's program starts another in the background and ends, as services of a machine do, or an entry point does not run the command that it is given. A container ends with its first program.",
    consequence: "The task stops as soon as it has started: Essential container in task exited, with exit code 0.",
    fix: 'Run it in the foreground; end an entry point with: exec "$@".',
    example: 'CMD ["nginx", "-g", "daemon off;"]',
  },
} satisfies Explanations<"FL21", Explanation & { consequence: string }>;
