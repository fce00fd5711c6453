import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { isMap, isScalar, parse, parseDocument, type Node, type Pair } from "yaml";

import { editedYaml } from "../src/files";
import { seeded, type Random } from "../testing/random";
import { randomYaml } from "./randomYaml";

type Path = (string | number)[];

const root = join(__dirname, "../../..");
const skipped = new Set(["node_modules", "dist", "coverage"]);

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) || entry.name.startsWith(".") ? [] : filesIn(path);
    return entry.name === "service.yaml" || /^Pulumi\..+\.yaml$/.test(entry.name) ? [path] : [];
  });
}
const files = filesIn(root);

/** Paths of all keys of a text's maps, and of lists within. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [];
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, inner]) => [[...path, key], ...pathsIn(inner, [...path, key])]);
}

/** The lines that a key and its value stand in, from and to, counted from 0. */
function linesOf(text: string, path: Path): [from: number, to: number] {
  const document = parseDocument(text);
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const pair = isMap(parent)
    ? (parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1))) as Pair<Node, Node>)
    : undefined;
  const node = document.getIn(path, true) as Node;
  const start = pair ? pair.key.range![0] : node.range![0];
  // Comments and empty lines behind a map belong to none of its keys.
  const end = Math.max(start, text.slice(0, node?.range?.[1] ?? start).trimEnd().length);
  const lineOf = (offset: number) => text.slice(0, offset).split("\n").length - 1;
  return [lineOf(start), lineOf(end)];
}

const isBeside = (path: Path) => (other: Path) =>
  other.length === path.length && path.slice(0, -1).every((key, index) => other[index] === key);

/** The value with another at a path, by ways of its own. */
function wantedOf(text: string, path: Path, value: unknown): unknown {
  const whole = parse(text) as unknown;
  const parent = path.slice(0, -1).reduce<unknown>((from, key) => (from as Record<string, unknown>)[key], whole) as Record<string, unknown>;
  const key = path.at(-1)!;
  if (value !== undefined) parent[key] = value;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return whole;
}

function check(text: string, path: Path, value: unknown): void {
  const edited = editedYaml(text, [{ path, value }]);
  const said = `${path.join(".")} := ${JSON.stringify(value)} in\n${text}\n`;
  if (!("text" in edited)) throw new Error(`${said}refused: ${edited.problem}`);
  expect([said, parse(edited.text)]).toEqual([said, wantedOf(text, path, value)]);
  // What holds nothing any more is `{}` or `[]`, behind its own key.
  const isEmptied = value === undefined && path.length > 1 && pathsIn(parse(text)).filter(isBeside(path)).length === 1;
  const [from, to] = linesOf(text, isEmptied ? path.slice(0, -1) : path);
  expect(edited.text.startsWith("\uFEFF")).toBe(text.startsWith("\uFEFF"));
  const [before, after] = [text, edited.text].map((each) => each.replace("\uFEFF", "").split("\n")) as [string[], string[]];
  const rest = before.slice(to + 1);
  // What is the last line now has as little an end as the one before.
  const ended = (lines: string[]) => (rest.length === 0 ? lines.map((line) => line.replace("\r", "")) : lines);
  expect([said, ended(after.slice(0, from))]).toEqual([said, ended(before.slice(0, from))]);
  // The next key of a map in a list takes the dash over.
  const sharesDash = value === undefined && /^\s*- ./.test(before[from]!) && !isEmptied;
  if (sharesDash && rest.length > 0)
    rest[0] = after.at(-rest.length)!.replace(/- +/, "  ") === rest[0] ? after.at(-rest.length)! : rest[0]!;
  expect([said, rest.length > 0 ? after.slice(-rest.length) : []]).toEqual([said, rest]);
}

const values = (random: Random): unknown[] => [
  undefined,
  random.integer(5000),
  random.pick(["yes", "0.0.0.0", "a: b", "it's #1", "", "a,b", "{x}", "1.0"]),
  { path: "/z", size: random.integer(9) },
  [1, "two"],
  true,
];

const manifestsAndStacks = files.map((file) => relative(root, file));
test("there are manifests and configurations", () => expect(manifestsAndStacks.length).toBeGreaterThan(30));

test.each(manifestsAndStacks)("%s: a change of any key changes its lines alone", (file) => {
  const text = readFileSync(join(root, file), "utf8");
  const random = seeded(file.length);
  for (const path of pathsIn(parse(text))) check(text, path, random.pick(values(random)));
});

test("so it is with texts of all forms, as nobody's formatter would leave them", () => {
  for (let seed = 1; seed <= 120; seed++) {
    const random = seeded(seed);
    const text = randomYaml(random);
    const paths = pathsIn(parse(text));
    for (let index = 0; index < 5; index++) check(text, random.pick(paths), random.pick(values(random)));
  }
});

test("a key that is put in takes no line from the others, and stands beside them", () => {
  for (let seed = 1; seed <= 120; seed++) {
    const random = seeded(seed);
    const text = randomYaml(random);
    const edited = editedYaml(text, [{ path: ["added", "deeper"], value: 1 }]);
    if (!("text" in edited)) throw new Error(`${text}\nrefused: ${edited.problem}`);
    expect(parse(edited.text)).toEqual({ ...(parse(text) as object), added: { deeper: 1 } });
    expect(edited.text.startsWith(text.trimEnd())).toBe(true);
  }
});
