import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { serviceSchema } from "@fairlead/manifest";
import { UsageError } from "@fairlead/model";
import type { Plan, PlanResource } from "@fairlead/plan";

import { deploymentsAndContainers } from "./deploymentsAndContainers";
import { images } from "./images";
import { observabilityAndData } from "./observabilityAndData";
import { registryAndNetworking } from "./registryAndNetworking";
import type { Area, Row } from "./row";
import { services } from "./services";

const areas: Area[] = [...images, ...registryAndNetworking, ...services, ...deploymentsAndContainers, ...observabilityAndData];

/** Stacks that rows take their examples from. */
export const exampleStacks = [
  ...new Set(areas.flatMap(({ rows }) => rows.flatMap(({ example }) => (example ? [example.stack ?? "everything"] : [])))),
];

/**
 * docs/surface.md: each row, what gives it, and what proves it.
 *
 * @throws UsageError if a row names a component, a key, an example or a test that there is not
 */
export function surface(root: string, plans: ReadonlyMap<string, Plan>): string {
  const proofs = new Proofs(root, plans);
  const sections = areas.map(({ title, rows }) => {
    const lines = rows.map((row) => `| ${[row.what, given(row), proofs.example(row), proofs.test(row)].join(" | ")} |`);
    proofs.check(rows);
    return [`## ${title}`, "", "| what | given by | example | test |", "| --- | --- | --- | --- |", ...lines].join("\n");
  });
  if (proofs.missing.length > 0) throw new UsageError(proofs.missing.join("\n"));
  return `${[introduction, ...sections].join("\n\n")}\n`;
}

const introduction = [
  "# The surface",
  "",
  "What the packages offer, and what proves it. Made by `npm run generate`, which fails when a component, a key, an example or a test is not",
  "there. An example is a resource in the plan of a stack: `npx fairlead preview everything --json` has it. Stacks are in `stacks/`,",
  "`everything` is in `examples/everything/`. Where it says _its test alone_, it is no resource of its own, no stack here has it, or the",
  "release of the AWS provider that judges the plans here is older than it. Keys are those of a `service.yaml`.",
].join("\n");

function given({ components = [], keys = [] }: Row): string {
  return [...components.map((name) => `\`${name}\``), ...keys.map((key) => `key \`${key}\``)].join(", ");
}

/** Looks up what rows name, and remembers what is not there. */
class Proofs {
  readonly missing: string[] = [];
  private readonly exported: Set<string>;
  private readonly tests: { file: string; text: string }[];

  constructor(
    private readonly root: string,
    private readonly plans: ReadonlyMap<string, Plan>,
  ) {
    const indexes = packages(root).map((folder) => join(root, folder, "src/index.ts"));
    this.exported = new Set(indexes.filter((file) => existsSync(file)).flatMap(exportsOf));
    this.tests = ["packages", "tools"].flatMap((folder) => testFiles(root, folder));
  }

  check(rows: Row[]): void {
    for (const { what, components = [], keys = [] } of rows) {
      for (const name of components) if (!this.exported.has(name)) this.missing.push(`${what}: no package exports ${name}`);
      for (const key of keys) if (!hasKey(key)) this.missing.push(`${what}: service.yaml has no key ${key}`);
    }
  }

  example({ what, example }: Row): string {
    if (!example) return "_its test alone_";
    const { stack = "everything", type, has = "" } = example;
    // In which order resources are registered is the event loop's affair; the first by name is always the same.
    const fitting = this.plans.get(stack)?.resources.filter((resource) => resource.type === type && textOf(resource).includes(has)) ?? [];
    const [found] = fitting.sort((a, b) => (a.name < b.name ? -1 : 1));
    if (!found) this.missing.push(`${what}: ${stack} has no ${type}${has && ` with ${has}`}`);
    return `${stack}: \`${found?.name}\` (${type.split(":").at(-1)})`;
  }

  test({ what, test }: Row): string {
    const found = this.tests.find(({ text }) => ['"', "'", "`"].some((quote) => text.includes(`${quote}${test}`)));
    if (!found) this.missing.push(`${what}: no test begins with "${test}"`);
    return `[${test.replace("%s", "…").replace("%i", "…")}…](../${found?.file})`;
  }
}

function textOf({ inputs, options }: PlanResource): string {
  return JSON.stringify(inputs) + JSON.stringify(options);
}

function packages(root: string): string[] {
  return readdirSync(join(root, "packages")).map((name) => join("packages", name));
}

function exportsOf(index: string): string[] {
  const lists = [...readFileSync(index, "utf8").matchAll(/export \{([^}]*)\}/g)].map(([, names]) => names!);
  return lists.flatMap((names) => names.split(",").map((name) => name.trim()));
}

function testFiles(root: string, folder: string): { file: string; text: string }[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const tests = join(folder, name, "test");
    return filesIn(join(root, tests)).map((file) => ({ file: join(tests, file), text: readFileSync(join(root, tests, file), "utf8") }));
  });
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".test.ts"))
      .sort();
  } catch {
    return [];
  }
}

function hasKey(path: string): boolean {
  let schema: { properties?: Record<string, unknown> } | undefined = serviceSchema;
  for (const key of path.split(".")) schema = schema?.properties?.[key] as typeof schema;
  return schema !== undefined;
}
