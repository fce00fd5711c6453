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

/** Runs a command on a project of one stack. */
function fairlead(program: string, ...args: string[]) {
  symlinkSync(resolve(__dirname, "../../../node_modules"), join(folder, "node_modules"));
  write("Pulumi.yaml", "name: shop\nruntime: nodejs\nmain: index.js\n");
  write("Pulumi.dev.yaml", "config: { aws:region: us-east-1 }\n");
  write("index.js", `module.exports = () => ${program};\n`);
  return spawnSync(process.execPath, [join(__dirname, "../bin/fairlead.js"), ...args], { cwd: folder, encoding: "utf8" });
}

const ofOne = [
  ["plans", "dev"],
  ["preview", "dev", "--json"],
];
test.each(ofOne)("what a program prints is told on standard error: the output of %s is the plan's", (...args) => {
  const { stdout, stderr, status } = fairlead('console.log("{ region:", "us-east-1")', ...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "{ region: us-east-1\n" });
  expect(JSON.stringify(JSON.parse(stdout))).toContain('"stack":"dev"');
});

test.each(ofOne)("the login of a URL in an error is not in what %s tells of it", (...args) => {
  const { stdout, stderr, status } = fairlead('{ throw new Error("no answer from https://ada:pl4nted@db.example.com/x") }', ...args);
  expect([status, stdout + stderr]).toEqual([1, expect.stringContaining("no answer from https://…@db.example.com/x")]);
  expect(stdout + stderr).not.toContain("pl4nted");
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

  test("a failure is told without the logins of URLs", async () => {
    prints(JSON.stringify({ stack: "dev", failure: "https://ada:pl4nted@db.example.com" }));
    expect([...(await planned())]).toEqual([["dev", { failure: "https://…@db.example.com" }]]);
    write("tools/fairlead/bin/fairlead.js", 'throw new Error("https://ada:pl4nted@db.example.com");\n');
    expect(JSON.stringify([...(await planned())])).not.toContain("pl4nted");
  });

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
