import { spawnSync } from "node:child_process";
import { join, sep } from "node:path";

import { serviceSchema, sourceFolders } from "../src/compiledSchema";
import { serviceSchema as typeBoxSchema } from "../src/schema/service";

test("the kept schema is the one that its sources make", () => {
  expect(serviceSchema).toEqual(JSON.parse(JSON.stringify(typeBoxSchema)));
});

test("the schema is made of what decides whether the kept one holds", () => {
  const schema = join(__dirname, "../src/schema/service.ts");
  const script = `require(${JSON.stringify(schema)}); process.stdout.write(JSON.stringify(Object.keys(require.cache)));`;
  const command = ["--require", require.resolve("@fairlead/transpile/register"), "--eval", script];
  const loaded = JSON.parse(spawnSync(process.execPath, command, { encoding: "utf8" }).stdout) as string[];
  const sources = loaded.filter((file) => file.endsWith(".ts"));
  expect(sources).toContain(schema);
  expect(sources.filter((file) => !sourceFolders.some((folder) => file.startsWith(folder + sep)))).toEqual([]);
});
