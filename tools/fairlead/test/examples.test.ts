import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import * as ts from "typescript";

const root = resolve(__dirname, "../../..");
const packages = ["foundation", "registry", "networking", "observability", "data", "services"];

interface Documented {
  file: string;
  name: string;
  examples: string[];
}

/** Every exported component of the packages, and the examples in its comment. */
function components(): Documented[] {
  return packages
    .flatMap((name) => sources(join(root, "packages", name, "src")))
    .flatMap((file) => {
      const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
      return source.statements.flatMap((statement): Documented[] => {
        if (!ts.isClassDeclaration(statement) || !statement.heritageClauses?.some((clause) => /ComponentResource/.test(clause.getText())))
          return [];
        const comment = source.text.slice(statement.getFullStart(), statement.getStart());
        return [{ file: relative(root, file), name: statement.name!.text, examples: examplesIn(comment) }];
      });
    });
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : path.endsWith(".ts") ? [path] : [];
  });
}

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

const documented = components();

test("there are components", () => {
  expect(documented.length).toBeGreaterThan(25);
});

test.each(documented.map((component) => [component.name, component] as const))("%s has an example", (_, { examples }) => {
  expect(examples).not.toEqual([]);
});

test("the examples, and those of the READMEs, compile", () => {
  const exported = packages.map((name) => `const { ${exportsOf(name).join(", ")} } = ${name};`).join("\n");
  const readmes = packages.map((name) => `packages/${name}/README.md`);
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
}, 60_000);

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
