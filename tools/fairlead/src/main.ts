import { UsageError } from "@fairlead/model";
import { Command } from "commander";

import type { CommentOptions } from "./commands/comment";
import type { DiffOptions } from "./commands/diff";
import type { InspectOptions } from "./commands/inspect";
import type { NewOptions } from "./commands/new";
import type { PreviewOptions } from "./commands/preview";
import type { PricesOptions } from "./commands/prices";
import type { PromoteOptions } from "./commands/promote";

const collect = (value: string, before: string[]) => [...before, value];

const program = new Command("fairlead")
  .description("Adds to Pulumi what a container service's owner needs to see before `pulumi up`.")
  .showHelpAfterError("(see `fairlead --help`)");

program
  .command("preview")
  .description("Print the plan of a stack. Runs the stack's own program in process: no engine, no credentials, no Docker.")
  .argument("[stack]", "the stack, as in `pulumi preview -s <stack>`", "dev")
  .option("--json", "print the plan as JSON")
  .option("--service <name>", "print only this service's part; repeatable", collect, [])
  .option("--html <file>", "write the plan as a page to look around in: diagram, inputs, images, policies, costs")
  .option("-c, --config <key=value>", "set a value of the stack's configuration for this preview; repeatable", collect, [])
  .option("--timings", "say on standard error where the time went")
  // Imported when it runs: loading Pulumi's SDK takes most of a short command's time.
  .action((stack: string, options: PreviewOptions) =>
    (require("./commands/preview") as typeof import("./commands/preview")).preview(stack, options),
  );

program
  .command("new")
  .description("Make a service, an environment or a component: asks for what is not given, and writes over nothing that is there.")
  .argument("<what>", "service, environment or component")
  .argument("[name]", "its name")
  .option("--template <template>", "of a service: node-api, worker, static-web, go, python, or dockerfile for one that is there already")
  .option("--owner <team>", "of a service: the team that answers for it")
  .option("--path <path>", "of a service: its path at the load balancer (default: /<name>)")
  .option("--port <port>", "of a service: the port that it listens on (default: 3000, or what its Dockerfile exposes)")
  .option("--directory <folder>", "of a service: its folder (default: apps/<name>)")
  .option("--from <environment>", "of an environment: the one that it begins as a copy of (default: staging)")
  .option("--region <region>", "of an environment: its AWS region (default: the other's)")
  .option("--package <package>", "of a component: the package that offers it")
  .option("--dry-run", "only show what would be written")
  .action((what: string, name: string | undefined, options: NewOptions) =>
    (require("./commands/new") as typeof import("./commands/new")).makeNew(what, name, options),
  );

program
  .command("diff")
  .description(
    "Show what a change does to the stacks: services first, then resources, with costs and policies. Compares the embedded plans of two commits " +
      "(no credentials, no state), or shows what the engine's own preview says. Exit code 1: a stack can't be planned, or breaks a mandatory rule.",
  )
  .argument("[stacks...]", "the stacks (default: all)")
  .option("--base <revision>", "what to compare with (default: where this branch left the main one)")
  .option("--head <revision>", "what to compare (default: the working tree)")
  .option(
    "--pulumi-preview <file...>",
    "what `pulumi preview --json --show-sames -s <stack>` printed, one file a stack; - for standard input",
  )
  .option("--comment <file>", "write the comment for the pull request, in Markdown; - for standard output")
  .option("--html <file>", "write a report to look around in: one page that needs nothing else; - for standard output")
  .option("--json", "print everything as JSON")
  .action((stacks: string[], options: DiffOptions) =>
    (require("./commands/diff") as typeof import("./commands/diff")).diff(stacks, options),
  );

program
  .command("comment")
  .description("Write what `fairlead diff --comment` wrote as the one comment of a pull request on GitHub. Needs GITHUB_TOKEN.")
  .requiredOption("--file <file>", "the comment")
  .option("--repository <owner/name>", "the repository (default: GITHUB_REPOSITORY)")
  .option("--pull-request <number>", "the pull request")
  .option("--head-sha <commit>", "instead of its number: the commit that is its head")
  .action((options: CommentOptions) => (require("./commands/comment") as typeof import("./commands/comment")).comment(options));

program
  .command("inspect")
  .description(
    "Tell why a container of an image would not start on ECS: reads index, manifests, configs and layers back and checks what it runs. " +
      "Exit code 1: it would not.",
  )
  .argument("<image>", "a reference (registry/repository:tag or @sha256:…), the folder of an OCI layout, or a `docker save` file")
  .option("-p, --platform <platform...>", "what the task needs: linux/amd64, linux/arm64 (default: every platform of the image)")
  .option("--entry-point <words...>", "the entryPoint of the task definition, as words or as a JSON array")
  .option("--command <words...>", "the command of the task definition, as words or as a JSON array")
  .option("--user <user>", "the user of the task definition")
  .option("--no-cache", "read the image again, although its digest was inspected before")
  .option("--json", "print the report as JSON")
  .option("--timings", "say on standard error where the time went, in milliseconds")
  .action((image: string, options: InspectOptions) =>
    (require("./commands/inspect") as typeof import("./commands/inspect")).inspectCommand(image, options),
  );

program
  .command("promote")
  .description(
    "Let an environment take over the images that another one runs now. Shows what would change, and writes it to stacks/promotions.<to>.yaml; " +
      "`pulumi up` then copies the images, with all their platforms and the same digests.",
  )
  .argument("[services...]", "the services to promote")
  .requiredOption("--from <stack>", "the environment that runs them")
  .requiredOption("--to <stack>", "the environment that takes them over (its fairlead:promoteFrom names the other)")
  .option("--all", "every service")
  .option("-y, --yes", "write without asking")
  .option("--dry-run", "only show what would change")
  .option("--json", "print the changes as JSON")
  .action((services: string[], options: PromoteOptions) =>
    (require("./commands/promote") as typeof import("./commands/promote")).promote(services, options),
  );

const manifest = program.command("manifest").description("What a service.yaml says.");

manifest
  .command("show")
  .description(
    "Print a service's manifest as an environment reads it: overrides merged, defaults filled in, with where each value comes from.",
  )
  .argument("<service>", "the service's name")
  .argument("<environment>", "the environment, which is the stack's name")
  .option("--json", "print values and origins as JSON")
  .action((service: string, environment: string, options: { json?: boolean }) =>
    (require("./commands/manifestShow") as typeof import("./commands/manifestShow")).showManifest(service, environment, options),
  );

program
  .command("explain")
  .description("Say what an error code means, and what to do. Without a code, list all.")
  .argument("[code]", "such as FL1009")
  .option("--json", "print it as JSON")
  .action((code: string | undefined, options: { json?: boolean }) =>
    (require("./explain/explain") as typeof import("./explain/explain")).explain(code, options),
  );

program
  .command("prices")
  .description("Print the prices that costs are estimated with.")
  .option("--refresh", "ask AWS's price list for each price and write the file. Needs credentials that may pricing:GetProducts")
  .option("--region <region>", "the region to refresh", "us-east-1")
  .option("--json", "print it as JSON")
  .action((options: PricesOptions) => (require("./commands/prices") as typeof import("./commands/prices")).prices(options));

program
  .command("schema")
  .description("Print the JSON Schema of service.yaml.")
  .option("--markdown", "print the page of every key instead (docs/service.yaml.md)")
  .action((options: { markdown?: boolean }) => (require("./commands/schema") as typeof import("./commands/schema")).schema(options));

program
  .command("surface")
  .description("Print what the packages offer, with the example and the test that prove it, as Markdown (docs/surface.md).")
  .action(() => (require("./surface/command") as typeof import("./surface/command")).printSurface());

// `fairlead preview … | head` ends quietly.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

program.parseAsync().catch((error: unknown) => {
  if (error instanceof UsageError) console.error(error.message);
  else console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exitCode = 1;
});
