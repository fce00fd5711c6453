import { inspectImage } from "../src/inspectImage";
import { dies, lives } from "./runtimes/cases";
import { nativePerhaps } from "./runtimes/nativeCases";
import { perhaps } from "./runtimes/perhaps";
import { runtimeBase, type RuntimeCase } from "./runtimes/runtimeCase";
import { layoutOf, type Entry } from "../testing/testImage";

async function findingsOf(files: Entry[], command: string[], options: Partial<RuntimeCase> = {}) {
  const { environment = ["PATH=/usr/local/bin:/usr/bin:/bin"], workingDirectory = "/app", user = "", run } = options;
  const config = { Cmd: command, WorkingDir: workingDirectory, Env: ["PATH=/usr/local/bin:/usr/bin:/bin", ...environment], User: user };
  const layout = await layoutOf([runtimeBase, files], config);
  return (await inspectImage(layout, { platforms: ["linux/amd64"], run, cache: false })).platforms[0]!.findings;
}

test.each(dies.map(([title, code, files, command, options]) => ({ title, code, files, command, options })))(
  "$title is stopped as $code",
  async ({ code, files, command, options }) => {
    expect(await findingsOf(files, command, options)).toMatchObject([{ code, certainty: "dies" }]);
  },
);

test.each(lives.map(([title, files, command, options]) => ({ title, files, command, options })))(
  "$title is not told",
  async ({ files, command, options }) => {
    expect(await findingsOf(files, command, options)).toEqual([]);
  },
);

test.each([["node"], ["python3"], ["php"], ["ruby"], ["perl"]])(
  "%s with nothing to run is told where an answer is waited for, and not stopped",
  async (program) => {
    expect(await findingsOf([], [program], { run: { containerPort: 8080 } })).toMatchObject([{ code: "FL2146", certainty: "may" }]);
    expect(await findingsOf([], [program])).toEqual([]);
  },
);

test.each(nativePerhaps.map(([title, files, command]) => ({ title, files, command })))(
  "$title is told, and not stopped",
  async ({ files, command }) => {
    expect(await findingsOf(files, command)).toMatchObject([{ code: "FL2144", certainty: "may" }]);
  },
);

test.each(perhaps.map(([title, code, files, command, options]) => ({ title, code, files, command, options })))(
  "$title is told as $code, and not stopped",
  async ({ code, files, command, options }) => {
    expect(await findingsOf(files, command, options)).toMatchObject([{ code, certainty: "may" }]);
  },
);
