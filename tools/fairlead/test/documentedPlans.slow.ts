import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { embeddedPlan } from "@fairlead/plan";
import * as ts from "typescript";

import { componentsOf } from "../testing/components";
import { blocksOfPages, componentPackages, examplesOfComponents } from "../testing/documents";
import { exported, setting } from "../testing/exampleSetting";

const examples = [...examplesOfComponents(), ...blocksOfPages("ts")];

const folder = mkdtempSync(join(tmpdir(), "fairlead-examples-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The folder of a composition, with what examples read from beside it. */
const stacks = join(folder, "stacks");
const digest = `sha256:${"0".repeat(64)}`;
const promotion = {
  image: `example.test/api@${digest}`,
  tag: "1.0.0-3f2a1bc",
  platforms: ["linux/arm64"],
  from: "staging",
  by: "ada",
  at: "2026-11-21",
};
mkdirSync(stacks);
mkdirSync(join(folder, "apps/api"), { recursive: true });
writeFileSync(join(folder, "apps/api/Dockerfile"), "FROM scratch\n");
writeFileSync(join(stacks, "promotions.prod.yaml"), JSON.stringify({ services: { api: promotion } }));

/** The resources that an example makes among the parts of an environment. */
async function resourcesOf(code: string): Promise<string[]> {
  const script = ts.transpile(code, { target: ts.ScriptTarget.ES2022 });
  const program = () => {
    const given = { ...exported, ...setting(), __dirname: stacks };
    // The block lets an example have a name of its own that was given.
    new Function(...Object.keys(given), `{ ${script} }`)(...Object.values(given));
  };
  const { resources } = await embeddedPlan({ project: "shop", stack: "dev", config: {}, program });
  return resources.map(({ urn }) => urn);
}

test.each(componentsOf(componentPackages).map(({ name }) => name))("%s has an example", (name) => {
  expect(examplesOfComponents().filter(({ component }) => component === name)).not.toEqual([]);
});

test.each(examples.map(({ place, code }) => [place, code]))("%s can be planned", async (_, code) => {
  const given = await resourcesOf("");
  expect((await resourcesOf(code)).filter((urn) => !given.includes(urn))).not.toEqual([]);
});
