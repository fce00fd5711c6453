import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../testing/components";

/** Who may import what, as ESLint is told for sources. */
function rules(): Record<string, string[]> {
  const script = `
    import config from "./eslint.config.mjs";
    const boundaries = config.map(({ rules }) => rules?.["@nx/enforce-module-boundaries"]).filter(Array.isArray);
    process.stdout.write(JSON.stringify(boundaries[0][1].depConstraints));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { cwd: root, encoding: "utf8" });
  if (!stdout) throw new Error(stderr);
  const constraints = JSON.parse(stdout) as { sourceTag: string; onlyDependOnLibsWithTags: string[] }[];
  const nameOf = (tag: string) => tag.replace("layer:", "");
  return Object.fromEntries(
    constraints.map(({ sourceTag, onlyDependOnLibsWithTags: tags }) => [
      nameOf(sourceTag),
      tags
        .filter((tag) => tag !== sourceTag)
        .map(nameOf)
        .sort(),
    ]),
  );
}

const packages = readdirSync(join(root, "packages"));
const components = ["access", "data", "foundation", "networking", "observability", "registry", "services"];

/** What a package's README says that it may import. */
function claimOf(name: string): string[] {
  const text = readFileSync(join(root, "packages", name, "README.md"), "utf8").replace(/\s+/g, " ");
  if (/[Ii]t imports nothing of ours/.test(text)) return [];
  const [, sentence = ""] = /It may import (.*?)(?:\. |, and (?:neither|knows))/.exec(text) ?? [];
  const named = [...sentence.matchAll(/`(\w+)`/g)].map(([, each]) => each!);
  return [...new Set([...named, ...(/^components,/.test(sentence) ? components : [])])].sort();
}

test("each package has a layer of its own name", () => {
  const tags = packages.map((name) => JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8")).nx.tags);
  expect(tags).toEqual(packages.map((name) => [`layer:${name}`]));
});

test("what nx starts with imports the model alone, as the README of the nx plugin says", () => {
  const folder = join(root, "tools/nx-plugin/src/inference");
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  expect(texts.flatMap((text) => [...text.matchAll(/from "(@fairlead\/[^"]+)"/g)].map(([, name]) => name))).toContain("@fairlead/model");
  expect(
    texts.flatMap((text) => [...text.matchAll(/from "(@fairlead\/(?!model[/"])[^"]+|\.\.\/[^"]+)"/g)].map(([, name]) => name)),
  ).toEqual([]);
});

test("each README says what its package may import, as lint holds it", () => {
  const held = rules();
  const claimed = Object.fromEntries(packages.map((name) => [name, claimOf(name)]));
  expect(claimed).toEqual(Object.fromEntries(packages.map((name) => [name, held[name]])));
});
