import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";

const repository = new FixtureRepository();
afterAll(() => repository.remove());
const compilerOptions = { strict: true, noEmit: true, skipLibCheck: true, module: "commonjs", moduleResolution: "bundler", types: [] };
/** A composition that imports nothing: the SDK's types take the compiler many seconds. */
const composition = (value: string) => `export default function small() {\n  const count: number = ${value};\n  return { count };\n}\n`;

beforeAll(() => {
  repository.write("tsconfig.json", JSON.stringify({ compilerOptions }));
  repository.write("stacks/Pulumi.small.yaml", "config:\n  aws:region: us-east-1\n");
  repository.write("stacks/small.ts", composition("1"));
  repository.write(".gitignore", "node_modules\n");
  repository.commit("A small stack");
});

const preview = (...args: string[]) => runCommand(repository.folder, "preview", "small", ...args);

test("a type error in a composition that was changed fails its preview, with its place, and the plan is printed", async () => {
  expect(await preview()).toMatchObject({ status: 0, stderr: "" });
  repository.write("stacks/small.ts", composition('"one" as string'));
  for (let time = 1; time <= 2; time++) {
    const { status, stdout, stderr } = await preview();
    expect(stdout).toContain("Plan of fairlead/small");
    expect(stderr).toMatch(/type errors\n {2}stacks\/small\.ts:2:9 {2}TS2322: Type 'string' is not assignable to type 'number'\./);
    expect(status).toBe(1);
  }
  expect(await preview("--no-types")).toMatchObject({ status: 0, stderr: "" });
});

test("one that is mended is none", async () => {
  repository.write("stacks/small.ts", composition("2"));
  expect(await preview()).toMatchObject({ status: 0, stderr: "" });
});
