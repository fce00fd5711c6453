import { manifestPage, serviceSchema } from "@fairlead/manifest";
import type { Command } from "commander";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("schema")
    .description("Print the JSON Schema of service.yaml.")
    .option("--markdown", "print the page of every key instead (docs/service.yaml.md)")
    .action(schema);
}

/** Prints the JSON Schema of service.yaml for editors and other tools, or its page for people. */
function schema({ markdown }: { markdown?: boolean }): void {
  process.stdout.write(markdown ? manifestPage() : `${JSON.stringify(serviceSchema, null, 2)}\n`);
}
