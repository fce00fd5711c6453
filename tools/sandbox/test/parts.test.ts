import { archiveOf, atOnce, npm, projectOf, pypi } from "../src/corpus/parts";

test.each([
  ["express@5.1.0", "express-5.1.0.tgz"],
  ["@node-rs/xxhash-linux-x64-gnu@1.7.6", "node-rs-xxhash-linux-x64-gnu-1.7.6.tgz"],
  ["@hono/node-server@1.14.0-rc.1", "hono-node-server-1.14.0-rc.1.tgz"],
])("npm packs %s as %s", (name, archive) => {
  const part = npm(name);
  if (part.from !== "npm") throw new Error("not npm's");
  expect(archiveOf(part)).toBe(archive);
});

test.each([
  ["PyYAML==6.0.2", "PyYAML-6.0.2-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"],
  ["google-re2==1.1", "google_re2-1.1-1-cp311-cp311-manylinux_2_17_x86_64.whl"],
  ["zope.interface==7.2", "zope.interface-7.2-cp311-cp311-manylinux2014_x86_64.whl"],
])("the wheel of %s is %s", (requirement, wheel) => expect(projectOf(wheel)).toBe(projectOf(requirement)));

test("pip is asked once for a platform and a Python, and again for another version of what it fetched", () => {
  const wheels = [
    pypi("numpy==2.1.0"),
    pypi("PyYAML==6.0.2"),
    pypi("Numpy==1.26.4"),
    pypi("numpy==2.1.0", "manylinux2014_aarch64"),
    pypi("numpy==2.1.0", "manylinux2014_x86_64", "3.12"),
  ].filter((part) => part.from === "pypi");
  expect(atOnce(wheels).map((group) => group.map(({ name }) => name))).toEqual([
    ["numpy==2.1.0", "PyYAML==6.0.2"],
    ["Numpy==1.26.4"],
    ["numpy==2.1.0"],
    ["numpy==2.1.0"],
  ]);
});
