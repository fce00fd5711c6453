import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { logger } from "@nx/devkit";

import serviceGenerator from "../src/generators/service/generator";
import { runnable } from "../testing/templates";
import { Workspace } from "../testing/workspace";

jest.spyOn(logger, "info").mockImplementation();
const workspace = new Workspace();
let program: ChildProcess | undefined;
afterEach(() => program?.kill("SIGKILL"));
afterAll(() => workspace.delete());

/** Makes each program's answer wait, as a slow one would: it says that it began, and goes on once there is a file `release`. */
const slowed: Record<string, { file: string; before: string; insert: string; command: string[] }> = {
  go: {
    file: "main.go",
    before: '	w.Header().Set("content-type", "application/json")',
    insert: `	slog.Info("begun")
	for _, err := os.Stat("release"); err != nil; _, err = os.Stat("release") {
		time.Sleep(5 * time.Millisecond)
	}
`,
    command: ["./program"],
  },
  python: {
    file: "app.py",
    before: '        path = self.path.split("?")[0]',
    insert: `        log("begun")
        while not os.path.exists("release"):
            threading.Event().wait(0.005)
`,
    command: ["python3", "app.py"],
  },
  "node-api": {
    file: "src/server.js",
    before: "    const { pathname } = new URL",
    insert: `    if (!require("node:fs").existsSync("release")) {
      if (!request.begun) log.info("begun");
      request.begun = true;
      return setTimeout(() => this.emit("request", request, response), 5);
    }
`,
    command: ["node", "src/main.js"],
  },
};

describe.each(Object.entries(slowed).filter(([template]) => runnable(template)))("a program of the template %s", (template, slow) => {
  test("answers the request in flight when it is told to end, and ends by itself", async () => {
    workspace.generate(serviceGenerator, { name: template, template, owner: "shop" });
    const folder = join(workspace.folder, "apps", template);
    workspace.edit(join("apps", template, slow.file), (text) =>
      text
        .replace("createServer((request, response) => {", "createServer(function (request, response) {")
        .replace(slow.before, slow.insert + slow.before),
    );
    if (template === "go") execFileSync("go", ["build", "-o", "program", "."], { cwd: folder });

    const [command, ...args] = slow.command;
    program = spawn(command!, args, { cwd: folder, env: { ...process.env, PORT: "0" }, stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface({ input: program.stdout! })[Symbol.asyncIterator]();
    const said = async (text: string) => {
      for (;;) {
        const { value, done } = await lines.next();
        if (done) throw new Error(`it ended before it said "${text}"`);
        if ((value as string).includes(`"${text}"`)) return JSON.parse(value as string) as { port?: number };
      }
    };
    const ended = once(program, "exit");
    const { port } = await said("listening");
    const answer = fetch(`http://127.0.0.1:${port}/${template}/one`).then((response) => response.json());
    await said("begun");
    program.kill("SIGTERM");
    await said("shutting down");
    workspace.write(join("apps", template, "release"), "");
    expect(await answer).toEqual({ service: template });
    expect(await ended).toEqual([0, null]);
  });
});
