import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { Command } from "commander";

import { withCommandApart } from "../src/usage";

const bin = join(__dirname, "../bin/fairlead.js");

function fairlead(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

test.each([
  { args: ["preview", "--nonsense"], help: "fairlead preview --help" },
  { args: ["new", "service", "--nonsense"], help: "fairlead new service --help" },
  { args: ["manifest", "show"], help: "fairlead manifest show --help" },
  { args: ["--nonsense"], help: "fairlead --help" },
])("a mistake of usage points at the command's own help: $args", ({ args, help }) => {
  const { status, stderr } = fairlead(...args);
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/^error: .*\n\(see `.*`\)\n$/) as string });
  expect(stderr).toContain(`(see \`${help}\`)`);
});

test.each([
  [["--command", "nginx", "-g", "daemon on;"], "unknown option '-g'"],
  [["--entry-point", "sh", "-c", "id"], "unknown option '-c'"],
  [["--command", "node", "-p", "1"], "--platform 1"],
])("words of a command that begin with a dash: inspect x:1 %j says how to write them", (args, problem) => {
  const { status, stderr } = fairlead("inspect", "x:1", ...args);
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(problem) as string });
  expect(stderr).toContain(`as one JSON array: ${args[0]} '["nginx","-g","daemon on;"]'`);
});

test.each([
  ["exec web ls -la", "exec web -- ls -la"],
  ["exec --stack dev web sh -c id", "exec --stack dev web -- sh -c id"],
  ["exec web --stack dev sh -s", "exec web --stack dev -- sh -s"],
  ["exec --stack=dev -t web grep -- -x", "exec --stack=dev -t web -- grep -- -x"],
  ["exec web -- ls -la", "exec web -- ls -la"],
  ["exec web", "exec web"],
  ["exec web --help", "exec web --help"],
  ["logs web api -f", "logs web api -f"],
])("options of a command that runs elsewhere are its own: %s", (given, expected) => {
  const program = new Command();
  program.command("exec").argument("<service>").argument("[command...]").option("-s, --stack <stack>").option("-t");
  program.command("logs").argument("[service...]").option("-f");
  expect(withCommandApart(program, given.split(" ")).join(" ")).toBe(expected);
});

test.each([[["smoke"]], [["smoke", "--nonsense"]], [["smoke", "dev", "prod"]]])(
  "a mistake of usage is 2 where 1 says that a step failed: %j",
  (args) => {
    const { status, stderr } = fairlead(...args);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining("(see `fairlead smoke --help`)") as string });
    expect(fairlead("smoke", "--help").status).toBe(0);
  },
);

test.each([
  { args: ["manifest", "list", "--help"], says: "error: unknown command 'list'" },
  { args: ["previw", "-h"], says: "error: unknown command 'previw'\n(Did you mean preview?)" },
])("help is asked of a command that there is: $args", ({ args, says }) => {
  expect(fairlead(...args)).toEqual({ status: 1, stdout: "", stderr: expect.stringContaining(says) as string });
});

test.each([
  [["--help"]],
  [["manifest", "--help"]],
  [["manifest"]],
  [["manifest", "show", "--help"]],
  [["new", "service", "-h"]],
  [["run", "-h"]],
  [["doctor", "-h"]],
  [["mcp", "-h"]],
])("help fits 80 columns: %j", (args) => {
  const { stdout, stderr } = fairlead(...args);
  expect(stdout + stderr).toContain("Usage: fairlead");
  expect((stdout + stderr).split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test("every command is in a group of the help, in a line", () => {
  const { stdout } = fairlead("--help");
  const groups = stdout.split(/^(?=\S.*:$)/m).map((part) => part.split("\n")[0]);
  expect(groups.slice(1)).toEqual(["Options:", "Write:", "Run here:", "Review:", "Look at what runs:", "Act on what runs:", "Commands:"]);
  expect(stdout.split("Commands:\n")[1]).toMatch(/^ {2}help \[command\] .*\n$/);
});
