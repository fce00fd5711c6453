import type { Explanations } from "./explanation";

/** Why an environment of one machine does not come up. */
export const localCodes = {
  FL2701: {
    title: "no container engine with Compose",
    meaning: "`fairlead local` needs Docker or Podman, running, with Compose 2.31 or later. The message has the engine's own words.",
    fix: "Start the engine, or install Compose: https://docs.docker.com/compose/install. `docker info` and `docker compose version` have to answer.",
    example: "docker info && docker compose version",
  },
  FL2702: {
    title: "secret that nobody filled in",
    meaning:
      "A service gets a secret that lies in Secrets Manager or Parameter Store, and the file of secrets for this machine, which git ignores, has no value for it, or has lines that Compose " +
      "would read otherwise than they stand. Nothing was started.",
    fix: "Write a line `NAME='value'` into stacks/local.secrets.env, for each that the message lists. Values of a development account, never production's.",
    example: "SESSION_KEY='only-for-this-machine'",
  },
  FL2703: {
    title: "image that could not be built",
    meaning: "`docker compose build` ended with an error, which the message repeats. Nothing was started, and what ran before runs on.",
    fix: "Mend the Dockerfile or what it copies. The same build alone: `docker build <context>`.",
  },
  FL2704: {
    title: "environment that did not come up",
    meaning:
      "Something of the environment ended, is not healthy, or does not answer where the load balancer asks it. The message names each, with the cause.",
    fix: "Read the cause and the last lines of each. What came up runs on: `npx fairlead local logs`, `status`, `down`.",
  },
  FL2705: {
    title: "no addresses for the networks",
    meaning: "Networks need addresses that no other network of the engine has, and each block that is tried is taken.",
    fix: "Remove networks that nobody uses, `docker network prune`, or name a block: `--addresses 10.99.0.0/22`.",
  },
  FL2706: {
    title: "environment that the engine could not start",
    meaning:
      "`docker compose up` ended with an error that is no container's: a port that others took, a disk that is full, an image that can't be pulled. The message has its words.",
    fix: "Mend what it says, and call `npx fairlead local up` again: it goes on where this one ended. Where addresses of networks overlap, `npx fairlead local down` first.",
  },
  FL2707: {
    title: "commit that can't be had",
    meaning:
      "`fairlead local --ref` names no branch, tag, commit or pull request of this clone and of its remote `origin`, or `origin` does not answer. Nothing was started.",
    fix: "Correct the name: `pr/123`, `origin/main`, `v1.2.0`, a commit. `git ls-remote origin` has to answer.",
    example: "npx fairlead local up --ref pr/123",
  },
  FL2708: {
    title: "commit from before `fairlead local`",
    meaning: "Another commit is planned and brought up by its own command, and the one of this commit doesn't know `local` yet.",
    fix: "Merge or rebase it onto a main branch that has `fairlead local`.",
  },
  FL2709: {
    title: "calls that can't go to the deployed environment",
    meaning:
      "`fairlead local up --with-dev` leads calls to services where they are deployed, through a task that lets sessions in. The message has all that is in the way: the plugin, " +
      "credentials, ECS Exec of a service, one that isn't deployed there. An environment that is protected against deletion, or called prod, is never called.",
    fix: "Mend what the message lists, or name that service too: then it runs here. Nothing was started.",
    example: "npx fairlead local up web api --with-dev",
  },
} satisfies Explanations<"FL27">;
