import { formatProblems } from "@fairlead/model";

import { brokenManifests, wholeManifests, type BrokenManifest } from "./brokenManifests";
import { folder, load, problems, write } from "./folder";

const mechanical = brokenManifests();

/** Slips that people make. */
const handPicked: BrokenManifest[] = [
  { title: "a tab for indentation", text: "name: api\ncontainerPort: 3000\nhealthCheck:\n\tpath: /\n", line: 4, codes: ["FL1001"] },
  { title: "a quote that never closes", text: 'name: "api\ncontainerPort: 3000\n', line: 3, codes: ["FL1001"] },
  { title: "no space after the colon", text: "name: api\ncontainerPort:3000\ncpu: 256\n", line: 2, codes: ["FL1001"] },
  { title: "an empty file", text: "", line: 1, codes: ["FL1003"] },
  { title: "a comment alone", text: "# to do\n", line: 1, codes: ["FL1003"] },
  { title: "a list", text: "- name: api\n", line: 1, codes: ["FL1003"] },
  { title: "a text", text: "api\n", line: 1, codes: ["FL1003"] },
  { title: "two documents", text: "name: api\ncontainerPort: 3000\n---\nname: web\n", line: 3, codes: ["FL1001"] },
  { title: "an anchor that is not there", text: "name: api\ncontainerPort: *port\n", line: 2, codes: ["FL1001"] },
  {
    title: "anchors that unfold without end",
    text: `name: api\ncontainerPort: 3000\nenvironment:\n  A: &a [1,1,1,1,1,1,1,1,1,1]\n  B: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n  C: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n  D: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
    line: 1,
    codes: ["FL1001"],
  },
  { title: "a tag of YAML's", text: "name: api\ncontainerPort: !!binary aGk=\n", line: 2, codes: ["FL1003"] },
  { title: "Compose's ports", text: 'name: api\ncontainerPort: 3000\nports: ["80:3000"]\n', line: 3, codes: ["FL1002"] },
  { title: "Copilot's type", text: "name: api\ntype: Load Balanced Web Service\ncontainerPort: 3000\n", line: 2, codes: ["FL1002"] },
  { title: "Copilot's variables", text: "name: api\ncontainerPort: 3000\nvariables:\n  A: b\n", line: 3, codes: ["FL1002"] },
  { title: "memory with a unit", text: "name: api\ncontainerPort: 3000\nmemoryMiB: 512MB\n", line: 3, codes: ["FL1003"] },
  { title: "a port as a text", text: 'name: api\ncontainerPort: "3000"\n', line: 2, codes: ["FL1003"] },
  { title: "yes for true", text: "name: api\ncontainerPort: 3000\nenableExecuteCommand: yes\n", line: 3, codes: ["FL1003"] },
  { title: "a name with capitals", text: "name: Api\ncontainerPort: 3000\n", line: 1, codes: ["FL1005"] },
  { title: "a name of one letter", text: "name: a\ncontainerPort: 3000\n", line: 1, codes: ["FL1005"] },
  { title: "a name with an underscore", text: "name: my_api\ncontainerPort: 3000\n", line: 1, codes: ["FL1005"] },
  { title: "a merge key as in YAML 1.1", text: "name: api\ncontainerPort: 3000\n<<: { cpu: 256 }\n", line: 3, codes: ["FL1002"] },
  { title: "a number with an underscore", text: "name: api\ncontainerPort: 3_000\n", line: 2, codes: ["FL1003"] },
];

const all = [...mechanical, ...handPicked];

test("there are more than 200, and no two are the same", () => {
  expect(all.length).toBeGreaterThan(200);
  expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
});

test.each(Object.entries(wholeManifests).map(([title, text]) => ({ title, text })))(
  "$title is whole before anything is broken",
  ({ title, text }) => {
    write(title, text);
    expect(load("dev")).toHaveLength(1);
    expect(load("prod")).toHaveLength(1);
  },
);

describe("one mistake is one diagnosis, in its place", () => {
  test.each(all.map((broken) => ({ ...broken })))("$title", ({ text, line, codes }) => {
    write("service", text);
    const found = problems();
    // A key that is misspelt may be one that can't be missing: that is a second mistake, and told as such.
    const follows = found.filter(({ code }) => code === "FL1004");
    const [first, ...others] = found.filter(({ code }) => code !== "FL1004");
    expect({ line: first?.line, code: codes.includes(first?.code ?? "") ? codes : first?.code }).toEqual({ line, code: codes });
    expect(others).toEqual([]);
    expect(follows.length).toBeLessThanOrEqual(codes.includes("FL1002") ? 1 : 0);
    const told = formatProblems(found, folder);
    expect(told).not.toMatch(/\n\s+at |undefined|\[object/);
    for (const { fix, expected } of found) expect(fix.length * expected.length).toBeGreaterThan(0);
  });
});
