import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { logger } from "@nx/devkit";

import componentGenerator from "../src/generators/component/generator";
import { Workspace } from "../testing/workspace";

jest.spyOn(logger, "info").mockImplementation();
const workspace = new Workspace();
afterAll(() => workspace.delete());
afterEach(() => workspace.reset());

const generate = () => workspace.generate(componentGenerator, { name: "SharedBus", package: "data" });

test("leaves a green test, and does nothing the second time", () => {
  workspace.write("packages/data/src/index.ts", 'export { first } from "./first";\n');
  generate();
  expect(workspace.read("packages/data/src/index.ts")).toBe(
    'export { first } from "./first";\nexport { SharedBus, type SharedBusArgs } from "./sharedBus";\n',
  );
  const preset = jest.requireActual<(folder: string) => object>("../../../jest.preset.js");
  const config = JSON.stringify(preset(join(workspace.folder, "packages/data")));
  const { status, stderr } = spawnSync("npx", ["--no-install", "jest", "--config", config], { cwd: workspace.folder, encoding: "utf8" });
  expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
  workspace.commit();
  generate();
  expect(workspace.changed()).toEqual([]);
});

test("refuses, and writes nothing, where there is no such package, or another component of the name", () => {
  expect(generate).toThrow("There is no packages/data/src/index.ts");
  workspace.write("packages/data/src/index.ts", "");
  workspace.write("packages/data/src/sharedBus.ts", "export const mine = 1;\n");
  const before = workspace.changed();
  expect(generate).toThrow("packages/data/src/sharedBus.ts: there already");
  expect(workspace.changed()).toEqual(before);
});
