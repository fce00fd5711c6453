import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

import { componentsOf, root } from "../testing/components";

const packages = ["access", "foundation", "images", "registry", "networking", "observability", "data", "services"];

function examplesIn(comment: string): string[] {
  return [...comment.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code!.replace(/^ \* ?/gm, ""));
}

/** What examples take for granted: the parts of an environment. */
const setting = `
${packages.map((name) => `import * as ${name} from "@fairlead/${name}";`).join("\n")}
declare const network: networking.Network;
declare const certificate: networking.Certificate;
declare const accessLogs: networking.AccessLogs;
declare const webAcl: networking.WebAcl;
declare const loadBalancer: networking.LoadBalancer;
declare const namespace: networking.ServiceDiscovery;
declare const repository: registry.Repository;
declare const build: registry.BuildSettings;
declare const image: registry.ContainerImage<"linux/arm64">;
declare const logGroup: observability.ServiceLogGroup;
declare const alarmTopic: observability.AlarmTopic;
declare const cluster: services.Cluster;
declare const taskDefinition: services.TaskDefinition<"ARM64" | "X86_64">;
`;

const documented = componentsOf(packages).map(({ comment, ...component }) => ({ ...component, examples: examplesIn(comment) }));

test("there are components", () => {
  expect(documented.length).toBeGreaterThan(25);
});

test.each(documented.map((component) => [component.name, component] as const))("%s has an example", (_, { examples }) => {
  expect(examples).not.toEqual([]);
});

test("the examples, and those of the READMEs, compile", () => {
  const exported = packages.map((name) => `const { ${exportsOf(name).join(", ")} } = ${name};`).join("\n");
  const readmes = packages.map((name) => `packages/${name}/README.md`).filter((file) => existsSync(join(root, file)));
  const ofReadmes = readmes.map((file) => ({ file, examples: examplesIn(readFileSync(join(root, file), "utf8")) }));
  const blocks = [...documented, ...ofReadmes].flatMap(({ file, examples }) => examples.map((code) => `{ // ${file}\n${code}}`));
  const file = join(__dirname, "examples.generated.ts");
  const text = `${setting}${exported}\n${blocks.join("\n")}`;
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
  const problems = program.getSemanticDiagnostics(source).concat(program.getSyntacticDiagnostics(source));
  expect(problems.map((problem) => whereAndWhat(problem, text))).toEqual([]);
});

/** The values that a package exports, by its index. */
function exportsOf(name: string): string[] {
  const index = readFileSync(join(root, "packages", name, "src/index.ts"), "utf8");
  const lists = [...index.matchAll(/export \{([^}]*)\}/g)].map(([, names]) => names!);
  return lists.flatMap((names) => names.split(",").map((each) => each.trim())).filter((each) => each !== "" && !each.startsWith("type "));
}

function whereAndWhat({ start = 0, messageText }: ts.Diagnostic, text: string): string {
  const file = text.slice(0, start).split("{ // ").at(-1)!.split("\n")[0];
  return `${file}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
}
