import { readdirSync } from "node:fs";
import { join, parse } from "node:path";
import { Command } from "commander";

import { version } from "../../../package.json";
import { commandGroups } from "./commandGroups";
import { textOf } from "./textOf";
import { pointAtOwnHelp, withCommandApart, withoutMisplacedHelp } from "./usage";

/** What a file in commands/ exports: it adds the command of its name. */
interface CommandModule {
  default: (program: Command) => void;
}

const commands = join(__dirname, "commands");
const ordered = Object.values(commandGroups).flatMap(Object.keys);
const place = (name: string) => (ordered.includes(name) ? ordered.indexOf(name) : ordered.length);
const names = readdirSync(commands)
  .map((file) => parse(file).name)
  .sort((a, b) => place(a) - place(b));
/** The command that is called is loaded alone; all of them for the help. */
const wanted = names.filter((name) => name === process.argv[2]);

const program = new Command("fairlead")
  .description("Adds to Pulumi what a container service's owner needs to see before `pulumi up`, and to look after what runs.")
  .version(version)
  // Beside `show [options] <service> <environment>` of 80 columns 38 are left.
  .configureHelp({ minWidthToWrap: 30 });
for (const name of wanted.length > 0 ? wanted : names) (require(join(commands, name)) as CommandModule).default(program);
for (const [group, summaries] of Object.entries(commandGroups)) {
  for (const [name, summary] of Object.entries(summaries)) {
    program.commands
      .find((command) => command.name() === name)
      ?.helpGroup(group)
      .summary(summary);
  }
}
pointAtOwnHelp(program);

// AWS's SDK warns of every Node before 22, eight lines that nobody who runs a command can act on.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

// `fairlead preview … | head` ends quietly.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const args = withCommandApart(program, withoutMisplacedHelp(program, process.argv.slice(2)));
program.parseAsync(args, { from: "user" }).catch((error: unknown) => {
  // Ctrl-C in a prompt.
  if (error instanceof Error && "code" in error && error.code === "ABORT_ERR") process.exit(130);
  console.error(textOf(error));
  process.exitCode = 1;
});
