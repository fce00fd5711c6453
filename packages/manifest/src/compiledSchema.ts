import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { kept } from "@fairlead/transpile/kept";
import type { ValidateFunction } from "ajv";

import type { ServiceManifest, serviceSchema as typeBoxSchema } from "./schema/service";

/** What the schema is made of: it imports from here alone, to which a test holds it. */
export const sourceFolders = [join(__dirname, "schema"), dirname(require.resolve("@fairlead/model"))];
/** This file, and the versions of the libraries: package.json pins them. */
const makers = [__filename, join(__dirname, "../package.json")];

/** The schema and its validator as JavaScript. To make it takes longer than to load all else of a small plan, so it is kept. */
function compile(): string {
  const { default: Ajv } = require("ajv") as typeof import("ajv");
  const { default: standaloneCode } = require("ajv/dist/standalone") as typeof import("ajv/dist/standalone");
  const { serviceSchema } = require("./schema/service") as typeof import("./schema/service");
  // `strict: false`: TypeBox's symbols and the draft's $schema are not keywords of the validator.
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true, code: { source: true } });
  return `${standaloneCode(ajv, ajv.compile(serviceSchema))}\nmodule.exports.schema = ${JSON.stringify(serviceSchema)};`;
}

function madeOf(): string[] {
  const sources = sourceFolders.flatMap((folder) => {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    return names.sort().map((name) => join(folder, name));
  });
  return [...makers, ...sources].map((file) => readFileSync(file, "utf8"));
}

const compiled: { exports: unknown } = { exports: {} };
new Function("module", "require", kept(madeOf(), compile))(compiled, require);

/** Checks a manifest, and leaves in `errors` what is wrong with it. */
export const validate = compiled.exports as ValidateFunction<ServiceManifest>;

/** The schema of service.yaml, as plain JSON. */
export const serviceSchema = (compiled.exports as { schema: typeof typeBoxSchema }).schema;
