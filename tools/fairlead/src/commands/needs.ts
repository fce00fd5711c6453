import { UserError } from "@fairlead/model";
import { type Command, Argument } from "commander";

import { isInstalled, tools } from "../tools";

/** Adds the command, which only nx targets call. */
export default function register(program: Command): void {
  program
    .command("needs", { hidden: true })
    .description("End with 1 and what to install where a tool is missing.")
    .addArgument(new Argument("<tool>", "the tool").choices(Object.keys(tools)))
    .action(needs);
}

function needs(tool: keyof typeof tools): void {
  if (!isInstalled(tools[tool])) throw new UserError(tools[tool].missing);
}
