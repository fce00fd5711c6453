import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** nx asks for colours. */
const plain = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined };

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "fairlead-transpile-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes files and runs the first of them in a process of its own: jest has a module system of its own. One may be loaded before all. */
function run(files: Record<string, string>, first?: string) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const preloaded = [...(first ? [join(folder, first)] : []), require.resolve("@fairlead/transpile/register")];
  const args = [...preloaded.flatMap((file) => ["--require", file]), join(folder, Object.keys(files)[0]!)];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8", env: plain });
  return { stdout, stderr, status };
}

/** Says of its process whether the compiler was loaded, or what was kept was enough. */
const compilerLoaded = 'Object.keys(require.cache).some((file) => /esbuild[\\\\/]lib[\\\\/]main/.test(file)) ? "transpiled" : "kept"';

test("a source is transpiled once, whatever folder it is in", () => {
  const source = `const unique: string = ${JSON.stringify(folder)};\nconsole.log(${compilerLoaded}, unique.length > 0);\n`;
  const told = ["a/main.ts", "b/main.ts"].map((file) => run({ [file]: source }).stdout);
  expect(told).toEqual(["transpiled true\n", "kept true\n"]);
});

test("a changed source is never taken for the one before, be its size and time the same", () => {
  const source = (value: string) => `const value: string = "${value}";\nconsole.log(value);\n`;
  expect(run({ "main.ts": source("one") }).stdout).toBe("one\n");
  const { mtime, size } = statSync(join(folder, "main.ts"));
  writeFileSync(join(folder, "main.ts"), source("two"));
  utimesSync(join(folder, "main.ts"), mtime, mtime);
  expect(statSync(join(folder, "main.ts"))).toMatchObject({ mtime, size });
  const args = ["--require", require.resolve("@fairlead/transpile/register"), join(folder, "main.ts")];
  expect(spawnSync(process.execPath, args, { encoding: "utf8", env: plain }).stdout).toBe("two\n");
});

test("a source that is no TypeScript is told by where it is, without the compiler's stack", () => {
  const { stderr, status } = run({ "main.ts": "const one = 1;\nconst two = ;\n" });
  expect(status).toBe(1);
  expect(stderr).toContain(`${join(folder, "main.ts")}:2:13  Unexpected ";"\n  2 | const two = ;`);
  expect(stderr).not.toContain("esbuild");
});

test("modules are found as in a bundle of CommonJS: without extension, by import() as well, JSON and ES modules too", () => {
  const { stdout, stderr } = run({
    "main.ts": `import { one } from "./one";
import four from "./four.json";
async function main() {
  const { default: two } = await import("./folder");
  const { three } = await import("./three.mjs");
  console.log(one, two, three, four);
}
void main();
`,
    "one.ts": "export const one = 1 as const;\n",
    "folder/index.ts": "export default class Two { constructor(readonly value: number = 2) {} }\n",
    "three.mjs": "export const three = 3;\n",
    "four.json": "4",
  });
  // Node 20 and 22 warn of ES modules that are required, unless they are installed packages.
  expect(stderr.replace(/^.*(ExperimentalWarning|Use `node --trace-warnings).*\n/gm, "")).toBe("");
  expect(stdout).toBe("1 [class Two] 3 4\n");
});

test("TypeScript counts before other files of the same name, as it does for the compiler", () => {
  const { stdout } = run({
    "main.ts": 'import { table } from "./table";\nconsole.log(table);\n',
    "table.ts": 'import rows from "./table.json";\nexport const table = rows.length;\n',
    "table.json": "[1, 2, 3]",
  });
  expect(stdout).toBe("3\n");
});

test("a loader of TypeScript that is there already is not asked, as ts-node's is in Pulumi's launcher", () => {
  const files = {
    "main.ts": "const one: number = 1;\nconsole.log(one);\n",
    "other.js": 'require.extensions[".ts"] = () => console.log("asked");\n',
  };
  expect(run(files, "other.js")).toMatchObject({ stdout: "1\n", stderr: "" });
});

test("stack traces name the lines of the sources", () => {
  const { stdout } = run({
    "main.ts": `import { broken } from "./broken";
try {
  broken({ value: 1 });
} catch (error) {
  console.log((error as Error).stack);
}
`,
    "broken.ts": `interface Args {
  value: number;
}

type Unused = Args["value"];

export function broken(args: Args): Unused {
  throw new Error(\`broken \${args.value}\`);
}
`,
  });
  expect(stdout).toContain(`at broken (${join(folder, "broken.ts")}:8:9)`);
  expect(stdout).toContain(`${join(folder, "main.ts")}:3:3)`);
});
