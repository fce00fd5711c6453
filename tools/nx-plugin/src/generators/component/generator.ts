import { join } from "node:path";
import { generateFiles, OverwriteStrategy, type Tree } from "@nx/devkit";

/** Options of the generator; schema.json describes them. */
export interface ComponentOptions {
  name: string;
  package: string;
}

/** Writes a component that wraps one resource, its test, and its line in the package's index. */
export default function componentGenerator(tree: Tree, { name, package: packageName }: ComponentOptions): void {
  const root = `packages/${packageName}`;
  if (!tree.exists(`${root}/package.json`)) throw new Error(`There is no ${root}.`);
  const fileName = `${name[0]!.toLowerCase()}${name.slice(1)}`;
  const substitutions = { name, fileName, packageName };
  generateFiles(tree, join(__dirname, "files"), root, substitutions, { overwriteStrategy: OverwriteStrategy.KeepExisting });
  const index = `${root}/src/index.ts`;
  const exported = `export { ${name}, type ${name}Args } from "./${fileName}";`;
  const text = tree.read(index, "utf8")!;
  if (!text.includes(`"./${fileName}"`)) tree.write(index, `${text.trimEnd()}\n${exported}\n`);
}
