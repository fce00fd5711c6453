import { join } from "node:path";
import { generateFiles, type GeneratorCallback, logger, type Tree } from "@nx/devkit";

import { Refusal } from "../refusal";

/** Options of the generator; schema.json describes them. */
export interface ComponentOptions {
  name: string;
  package: string;
}

/** Writes a component that wraps one resource, its test, and its line in the package's index. */
export default function componentGenerator(tree: Tree, { name, package: packageName }: ComponentOptions): GeneratorCallback {
  const root = `packages/${packageName}`;
  const index = `${root}/src/index.ts`;
  const text = tree.read(index, "utf8");
  if (text === null) throw new Refusal(`There is no ${index}. Nothing was written.`);
  const fileName = `${name[0]!.toLowerCase()}${name.slice(1)}`;
  generateFiles(tree, join(__dirname, "files"), root, { name, fileName, packageName });
  const others = tree.listChanges().filter(({ type }) => type === "UPDATE");
  if (others.length > 0) {
    const files = others.map(({ path }) => path).join(", ");
    throw new Refusal(`${files}: there already, and not what would be written. Nothing was written. Choose another name.`);
  }
  if (!text.includes(`"./${fileName}"`))
    tree.write(index, `${text.trimEnd()}\nexport { ${name}, type ${name}Args } from "./${fileName}";\n`);
  return () =>
    logger.info(`\nNext:\n  ${root}/src/${fileName}.ts: put your resource in the topic's place\n  npx nx test @fairlead/${packageName}`);
}
