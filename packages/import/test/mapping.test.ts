import { parse, stringify } from "yaml";

import { manifestRows } from "../src";
import { rowAt } from "../src/copilot/mapping";
import { examples } from "./examples";
import { importedService } from "./application";

/** A manifest's part with a value at a path. */
function partWith([key, ...others]: string[], value: unknown): Record<string, unknown> {
  const inner = others.length === 0 ? value : partWith(others, value);
  if (key === "[]") return [inner] as never;
  return { [key === "*" ? "MINE" : key!]: inner };
}

function mergedParts(a: unknown, b: unknown): unknown {
  if (Array.isArray(a) && Array.isArray(b)) return [mergedParts(a[0], b[0])];
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return b;
  const result: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) result[key] = key in result ? mergedParts(result[key], value) : value;
  return result;
}

const cases = manifestRows.flatMap((row) =>
  row.of.filter((type) => type !== "Static Site" && !["name", "type", "environments"].includes(row.path)).map((type) => ({ ...row, type })),
);

test.each(cases)("$path of a $type is $outcome", ({ path, type, outcome }) => {
  const example = examples[`${path} (${type})`] ?? examples[path];
  expect(example).toBeDefined();
  const beside = parse(example!.beside ?? "{}") as unknown;
  const rest = mergedParts(partWith(path.replaceAll("[]", ".[]").split("."), parse(example!.value)), beside) as Record<string, unknown>;
  const image = {
    ...(type === "Scheduled Job" || type === "Worker Service" ? {} : { port: 8080 }),
    ...(rest.image as object | undefined),
  } as Record<string, unknown>;
  if (!("build" in image) && !("location" in image)) image.build = "api/Dockerfile";
  const { result } = importedService(type, stringify({ ...rest, image }));
  expect(result.problems).toEqual([]);
  const keys = path.replaceAll("[]", "[0]").replaceAll(/\*/g, "MINE");
  const found = result.findings.filter(
    ({ source, service }) => service === "api" && (source === keys || source.startsWith(`${keys}.`) || source.startsWith(`${keys}[`)),
  );
  expect(found.map((finding) => finding.outcome)).toContain(outcome);
});

test("no key of a type stands twice, and no example is of a key that is not there", () => {
  const keys = manifestRows.flatMap(({ path, of }) => of.map((type) => `${type} ${path}`));
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  expect(Object.keys(examples).filter((path) => !manifestRows.some((row) => row.path === path.replace(/ \(.*/, "")))).toEqual([]);
});

test("a key belongs to the types that have it", () => {
  expect(rowAt(["subscribe", "queue", "timeout"], "Worker Service")?.outcome).toBe("exact");
  expect(rowAt(["subscribe", "queue", "timeout"], "Backend Service")).toBeUndefined();
});
