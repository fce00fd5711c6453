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
