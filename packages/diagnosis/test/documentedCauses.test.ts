import { readFileSync } from "node:fs";
import { join } from "node:path";

import { causes, waits } from "../src/causes";

const page = readFileSync(join(__dirname, "../../../docs/operate.md"), "utf8");
const section = /^## By what a console says$(.*?)^And in place/ms.exec(page)![1]!;
const told = section
  .split("\n")
  .flatMap((line) => [...(line.split("|")[2] ?? "").matchAll(/`([a-z]+(?:-[a-z0-9]+)+)`/g)].map(([, id]) => id!));

test("what docs/operate.md names by an id is a cause or a wait", () => {
  expect(told.length).toBeGreaterThan(40);
  expect(told.filter((id) => !(id in causes) && !(id in waits))).toEqual([]);
});
