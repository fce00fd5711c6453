import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { writeAll, type Written } from "../src/import/writeAll";

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "fairlead-write-"))));
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Every file with its text, and every folder. */
function all(): Record<string, string | undefined> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(root.length + 1), entry.isFile() ? readFileSync(path, "utf8") : undefined];
    }),
  );
}

const texts = (files: Record<string, string>) => new Map(Object.entries(files).map(([path, text]): [string, Written] => [path, { text }]));
const shop = texts({ "apps/api/service.yaml": "name: api", "apps/shop/service.yaml": "name: shop", "usage.yaml": "usage: []" });

beforeEach(() => {
  put("apps/api/service.yaml", "an example");
  put("apps/api/Dockerfile", "FROM scratch");
  put("usage.yaml", "usage: [a]");
});

test("examples go, files come, also into the place of an example and over one that is rewritten", () => {
  writeAll(root, shop, [...shop.keys()], ["apps/api"]);
  expect(all()).toEqual({
    apps: undefined,
    "apps/api": undefined,
    "apps/api/service.yaml": "name: api",
    "apps/shop": undefined,
    "apps/shop/service.yaml": "name: shop",
    "usage.yaml": "usage: []",
  });
});

test.each([
  ["a file stands where a folder has to be", "usage.yaml/below", { text: "x" }],
  ["a source is not there any more", "later.js", { copyOf: "gone.js" }],
])("where %s, everything is as it was", (_, path, written: Written) => {
  const before = all();
  const files = new Map([...shop, [path, written]]);
  const paths = [...files.keys()].filter((each) => each !== "usage.yaml");
  expect(() => writeAll(root, files, paths, ["apps/api"])).toThrow(/EEXIST|ENOTDIR|ENOENT/);
  expect(all()).toEqual(before);
});

test("a folder that was made for it goes with it", () => {
  const folder = join(root, "out/deep");
  expect(() => writeAll(folder, new Map([["a", { copyOf: join(root, "missing") }]]), ["a"], [])).toThrow(/ENOENT/);
  expect(existsSync(join(root, "out"))).toBe(false);
});
