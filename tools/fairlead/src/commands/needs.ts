import { spawnSync } from "node:child_process";
import { UserError } from "@fairlead/model";
import { type Command, Argument } from "commander";

/** Tools that nx targets call and npm can't install: how to ask whether one is there, and what to say if not. */
const tools = {
  pulumi: { ask: ["pulumi", "version"], missing: "There is no Pulumi CLI on the PATH. To install it: https://www.pulumi.com/docs/install" },
  buildx: {
    ask: ["docker", "buildx", "version"],
    missing: "Images are built by `docker buildx`, which is not here. To install it: https://github.com/docker/buildx#installing",
  },
};

/** Adds the command, which only nx targets call. */
export default function register(program: Command): void {
  program
    .command("needs", { hidden: true })
    .description("End with 1 and what to install where a tool is missing.")
    .addArgument(new Argument("<tool>", "the tool").choices(Object.keys(tools)))
    .action(needs);
}

function needs(tool: keyof typeof tools): void {
  const { ask, missing } = tools[tool];
  const { status } = spawnSync(ask[0]!, ask.slice(1), { stdio: "ignore" });
  if (status !== 0) throw new UserError(missing);
}
