import { manifestPage, serviceSchema } from "@fairlead/manifest";
import { outputSchemas } from "@fairlead/report/schema";
import { Argument, type Command } from "commander";

const outputs = ["diff", "summary", "preview"] as const;

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("schema")
    .description("Print the JSON Schema of service.yaml, or of what `diff --json`, `diff --summary` or `preview --json` print.")
    .addArgument(new Argument("[of]", "of which (default: the manifest)").choices(["manifest", ...outputs]))
    .option("--markdown", "print the page of every key of the manifest instead (docs/service.yaml.md)")
    .action(schema);
}

/** Prints a JSON Schema for editors and other tools, or the manifest's page for people. */
function schema(of: string = "manifest", { markdown }: { markdown?: boolean }): void {
  process.stdout.write(markdown ? manifestPage() : `${JSON.stringify(schemaOf(of), null, 2)}\n`);
}

function schemaOf(of: string): object {
  const output = outputs.find((each) => each === of);
  return output ? outputSchemas[output] : serviceSchema;
}
