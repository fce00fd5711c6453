import { manifestPage, serviceSchema } from "@fairlead/manifest";

/** Prints the JSON Schema of service.yaml for editors and other tools, or its page for people. */
export function schema({ markdown }: { markdown?: boolean }): void {
  process.stdout.write(markdown ? manifestPage() : `${JSON.stringify(serviceSchema, null, 2)}\n`);
}
