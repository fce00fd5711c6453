import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { plansIn } from "../src/commits/plans";

let folder: string;
beforeEach(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), "fairlead-output-")))));
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, text: string) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};

test("what a program prints is told on standard error: the output is the plan's", () => {
  symlinkSync(resolve(__dirname, "../../../node_modules"), join(folder, "node_modules"));
  write("Pulumi.yaml", "name: shop\nruntime: nodejs\nmain: index.js\n");
  write("Pulumi.dev.yaml", "config: { aws:region: us-east-1 }\n");
  write("index.js", 'module.exports = () => console.log("{ region:", "us-east-1");\n');
  for (const args of [
    ["plans", "dev"],
    ["preview", "dev", "--json"],
  ]) {
    const command = [join(__dirname, "../bin/fairlead.js"), ...args];
    const { stdout, stderr, status } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "{ region: us-east-1\n" });
    expect(JSON.stringify(JSON.parse(stdout))).toContain('"stack":"dev"');
  }
});

describe("of a commit whose command lets programs print among its lines", () => {
  const plan = { stack: "dev", resources: [] };
  const prints = (...lines: string[]) =>
    write("tools/fairlead/bin/fairlead.js", lines.map((line) => `console.log(${JSON.stringify(line)});\n`).join(""));
  const planned = () => plansIn({ folder, project: "" }, ["dev"]);

  test.each(["{ region: us-east-1", '{"region":"us-east-1"}', '{"stack":"dev"}', '{"stack":"other","failure":"none"}'])(
    "%s is passed over",
    async (line) => {
      prints(line, JSON.stringify({ stack: "dev", plan }), line);
      expect([...(await planned())]).toEqual([["dev", { plan }]]);
    },
  );

  test("no plan among them is a failure", async () => {
    prints("{ region: us-east-1");
    expect([...(await planned())]).toEqual([["dev", { failure: "it printed no plan" }]]);
  });

  test("the plan of the command before is found among them", async () => {
    write(
      "tools/fairlead/bin/fairlead.js",
      `if (process.argv[2] === "plans") { console.error("error: unknown command 'plans'"); process.exit(1); }
      for (const line of ["{ region: us-east-1", ${JSON.stringify(JSON.stringify(plan))}, "{}"]) console.log(line);\n`,
    );
    expect([...(await planned())]).toEqual([["dev", { plan }]]);
  });
});

test("an error of whoever is told ends the reading, which removes the worktrees", async () => {
  write("tools/fairlead/bin/fairlead.js", 'console.log(JSON.stringify({ stack: "dev", plan: { resources: [] } }));\n');
  const told = () => {
    throw new Error("no terminal");
  };
  await expect(plansIn({ folder, project: "" }, ["dev"], [], told)).rejects.toThrow("no terminal");
});
