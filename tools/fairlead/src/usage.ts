import { Help, type Command } from "commander";

/** What stands below a command's help, as wide as the rest of it. */
export function epilogue(text: string): () => string {
  return () => `\n${new Help().boxWrap(text, process.stdout.columns ?? 80)}`;
}

/** After a mistake of usage, points at the help of the command that was called. */
export function pointAtOwnHelp(command: Command, name = command.name()): void {
  command.showHelpAfterError(`(see \`${name} --help\`)`);
  for (const inner of command.commands) pointAtOwnHelp(inner, `${name} ${inner.name()}`);
}

/** Arguments without the `--help` of a command that there is not, which commander would answer with the help of the one above it. */
export function withoutMisplacedHelp(command: Command, args: readonly string[]): string[] {
  const [first, ...others] = args;
  if (first === undefined || first.startsWith("-") || first === "help" || command.commands.length === 0) return [...args];
  const called = command.commands.find((inner) => inner.name() === first);
  return called ? [first, ...withoutMisplacedHelp(called, others)] : args.filter((arg) => arg !== "--help" && arg !== "-h");
}

/**
 * Arguments with `--` before the words of a command that runs elsewhere, as in `exec web ls -l`: options among them are that command's, and those before them ours.
 */
export function withCommandApart(command: Command, args: readonly string[]): string[] {
  const [first = "", ...others] = args;
  const called = command.commands.find((inner) => inner.name() === first);
  if (called) return [first, ...withCommandApart(called, others)];
  const { registeredArguments: places, options } = command;
  if (places.at(-1)?.name() !== "command") return [...args];
  let operands = 0;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!;
    if (arg === "--") break;
    if (!arg.startsWith("-")) operands++;
    else if (options.find(({ short, long }) => short === arg || long === arg)?.required) index++;
    if (operands === places.length) return [...args.slice(0, index), "--", ...args.slice(index)];
  }
  return [...args];
}
