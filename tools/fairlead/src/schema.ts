import { serviceSchema } from "@fairlead/manifest";

/** Prints the JSON Schema of service.yaml, for editors and other tools. */
export function schema(): void {
  process.stdout.write(`${JSON.stringify(serviceSchema, null, 2)}\n`);
}
