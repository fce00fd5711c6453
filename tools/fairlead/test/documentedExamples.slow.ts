import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

import { componentsOf, root } from "../testing/components";
import { blocksOfPages, componentPackages, examplesOfComponents } from "../testing/documents";
import { exported, settingNames } from "../testing/exampleSetting";

const components = componentsOf(componentPackages).map(({ name }) => name);

/** Components that wrap no resource of AWS: they read what exists, or make what is our own, whose text must stay what it is. */
const withoutTransform = ["ExistingLoadBalancer", "Job", "PromotedImage"];

test("the examples of components and pages compile", () => {
  const examples = [...examplesOfComponents(), ...blocksOfPages("ts")];
  expect(examples.filter(({ place }) => place.startsWith("docs/surface.md")).length).toBeGreaterThan(5);
  expect(problemsOf(examples)).toEqual([]);
});

test("components take transform, as docs/surface.md says", () => {
  const args = (name: string) => `NonNullable<ConstructorParameters<typeof ${name}>[1]>`;
  const claims = components.map((name) => ({
    place: name,
    code: `const takesTransform: "transform" extends keyof ${args(name)} ? true : false = ${!withoutTransform.includes(name)};`,
  }));
  expect(claims.length).toBeGreaterThan(25);
  expect(problemsOf(claims)).toEqual([]);
});

/** What the compiler says of blocks that stand among the parts of an environment. */
function problemsOf(blocks: { place: string; code: string }[]): string[] {
  const file = join(__dirname, "examples.generated.ts");
  const text = [
    'import { exported, setting } from "../testing/exampleSetting";',
    `const { ${Object.keys(exported).join(", ")} } = exported;`,
    `const { ${settingNames.join(", ")} } = setting();`,
    ...blocks.map(({ place, code }) => `{ // ${place}\n${code}\n}`),
  ].join("\n");
  const { config } = ts.readConfigFile(join(root, "tsconfig.base.json"), (path) => readFileSync(path, "utf8")) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => (name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.Latest) : read(name, ...rest));
  host.fileExists = (name) => name === file || ts.sys.fileExists(name);
  const program = ts.createProgram([file], { ...options, noUnusedLocals: false }, host);
  const source = program.getSourceFile(file)!;
  return [...program.getSemanticDiagnostics(source), ...program.getSyntacticDiagnostics(source)].map((problem) =>
    whereAndWhat(problem, text),
  );
}

function whereAndWhat({ start = 0, messageText }: ts.Diagnostic, text: string): string {
  const file = text.slice(0, start).split("{ // ").at(-1)!.split("\n")[0];
  return `${file}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
}
