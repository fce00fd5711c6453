import { UserError } from "@fairlead/model";
import { Option, type Command } from "commander";

import type { RefOptions } from "../local/otherCommit/atRef";
import type { TestOptions } from "../local/verbs/test";
import type { UpOptions } from "../local/verbs/up";
import type { WatchOptions } from "../local/verbs/watch";
import { epilogue } from "../usage";

/** Adds the command. */
export default function register(program: Command): void {
  const local = program
    .command("local")
    .description(
      "Run a stack's services, jobs, data and load balancer on this machine, with Docker or Podman and Compose alone: no account, no credentials, no Pulumi. " +
        "What runs is what the stack's plan says, under the names that it has on AWS.",
    );

  common(local.command("up"))
    .description("Build what changed, start all, wait until it serves, and follow the logs. Ctrl-C stops it.")
    .argument("[service...]", "services and jobs to start, with all that they call, use and wait for (default: all but scheduled jobs)")
    .addOption(secretsOption())
    .option("-d, --detach", "don't follow the logs: leave it running")
    .option("--schedules", "run scheduled jobs when they are due, as long as the logs are followed")
    .option(
      "--with-dev",
      "start only what is named, with its data: calls of other services go to the deployed environment `dev`, through tunnels of ECS Exec. Asks first",
    )
    .option("--yes", "don't ask, with --with-dev")
    .option("--build", "build all images again, those whose sources are as they were as well")
    .option("--timeout <seconds>", "after which what is not up counts as failed", "180")
    .option("--settle <seconds>", "what the others get when something failed, so that all is told", "8")
    .addHelpText(
      "after",
      epilogue("Exit code 0: all is up. 1: something is not, and is told with its cause. 130: it was stopped by Ctrl-C."),
    )
    .action(hereOrAtRef(async (services: string[], options: UpOptions) => (await import("../local/verbs/up")).up(services, options)));

  common(local.command("watch"))
    .description(
      "Bring it up as `up` does, and do what is saved from then on: sources are built again, manifests and the stack's program planned again. Ctrl-C stops it.",
    )
    .argument("[service...]", "services and jobs to start, with all that they call, use and wait for (default: all but scheduled jobs)")
    .addOption(secretsOption())
    .option("--timeout <seconds>", "after which what is not up counts as failed", "180")
    .option("--settle <seconds>", "what the others get when something failed, so that all is told", "8")
    .addHelpText(
      "after",
      epilogue("What can't be built or planned is told, and what ran before runs on. Exit code 130: it was stopped by Ctrl-C."),
    )
    .action(
      hereOrAtRef(async (services: string[], options: WatchOptions) => (await import("../local/verbs/watch")).watch(services, options)),
    );

  common(local.command("down"))
    .description("Remove its containers and networks. What databases and buckets hold stays, without --volumes.")
    .option("--volumes", "remove what it keeps as well")
    .action(hereOrAtRef(async (options: object) => (await import("../local/verbs/down")).down(options)));

  common(local.command("reset"))
    .description("Remove all of it, with what databases and buckets hold: the next `up` begins with nothing.")
    .action(hereOrAtRef(async (options: object) => (await import("../local/verbs/down")).down({ ...options, volumes: true })));

  common(local.command("test"))
    .description(
      "Bring it up, run the tests of apps/*/e2e against it, tell the logs where one fails, and take it away where it was not there before.",
    )
    .argument("[jest...]", "after --, words for Jest, such as a file's name")
    .addOption(secretsOption())
    .option("--keep", "leave it running")
    .option("--timeout <seconds>", "after which what is not up counts as failed", "180")
    .option("--settle <seconds>", "what the others get when something failed, so that all is told", "8")
    .addHelpText(
      "after",
      epilogue("FAIRLEAD_URL has the load balancer's address. Exit code: the tests', and 1 where the environment did not come up."),
    )
    .action(hereOrAtRef(async (words: string[], options: TestOptions) => (await import("../local/verbs/test")).test(words, options)));

  common(local.command("status"))
    .description("Say how its services, jobs and data are.")
    .option("--json", "print it as JSON")
    .action(hereOrAtRef(async (options: object) => (await import("../local/verbs/others")).status(options)));

  common(local.command("logs"))
    .description("Print what services and jobs wrote.")
    .argument("[service...]", "of which (default: all)")
    .option("-f, --follow", "go on as they write")
    .option("--tail <lines>", "how many of the last of each", "100")
    .option("--raw", "the lines alone, as they were written")
    .action(
      hereOrAtRef(async (services: string[], options: { tail: string }) => (await import("../local/verbs/logs")).logs(services, options)),
    );

  common(local.command("exec"))
    .description("Run a command in a service that runs; without one, a shell.")
    .argument("<service>", "the service")
    .argument("[command...]", "the command, with its own options")
    .option("--container <name>", "another container of its task than its own")
    .action(
      hereOrAtRef(async (service: string, command: string[], options: object) =>
        (await import("../local/verbs/others")).exec(service, command, options),
      ),
    );

  common(local.command("run"))
    .description("Run a job once, or a command with the image, variables, secrets and network of a service.")
    .argument("<service>", "the job or service")
    .argument("[command...]", "the command, with its own options (default: the image's own)")
    .action(
      hereOrAtRef(async (service: string, command: string[], options: object) =>
        (await import("../local/verbs/others")).run(service, command, options),
      ),
    );

  common(local.command("open"))
    .description("Print the load balancer's address, or a service's, and open it where this is a terminal.")
    .argument("[service]", "the service")
    .option("--print", "print it alone")
    .action(
      hereOrAtRef(async (service: string | undefined, options: object) => (await import("../local/verbs/others")).open(service, options)),
    );

  common(local.command("config"))
    .description("Print the Compose file, which works without this command.")
    .action(hereOrAtRef(async (options: object) => (await import("../local/verbs/others")).config(options)));
}

function common(command: Command): Command {
  return command
    .option("-s, --stack <stack>", "the stack (default: `local`, where there is one, else the first of stacks/environments.json)")
    .option("--ref <ref>", "another commit beside this checkout: pr/123 of origin, a branch, a tag or a commit")
    .addOption(
      new Option("--platform <platform>", "platform of the containers: linux/amd64, linux/arm64, or `task` for what each is deployed on"),
    )
    .option("--addresses <block>", "IPv4 addresses of its networks, such as 10.99.0.0/22 (default: a block that nobody uses)")
    .option(
      "-c, --config <key=value>",
      "set a value of the stack's configuration; repeatable",
      (value: string, all: string[]) => [...all, value],
      [],
    );
}

const secretsOption = () =>
  new Option("--secrets", "with --ref: give that commit stacks/local.secrets.env of this checkout, which it does not get otherwise");

/** The last argument of an action is the command. */
function hereOrAtRef<Args extends unknown[]>(action: (...args: Args) => Promise<void>): (...args: Args) => Promise<void> {
  return async (...args) => {
    const command = args.at(-1) as Command;
    const { ref, secrets, withDev } = command.opts<RefOptions & { withDev?: boolean }>();
    if (ref !== undefined && withDev)
      throw new UserError("--with-dev doesn't go with --ref: another commit gets none of your rights on AWS, by which tunnels are opened.");
    if (ref !== undefined) return (await import("../local/otherCommit/atRef")).atRef(command);
    if (secrets) throw new UserError("--secrets goes with --ref: this checkout gets its own.");
    return action(...args);
  };
}
