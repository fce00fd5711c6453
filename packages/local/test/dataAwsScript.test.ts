import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { awsScript, type AwsCall } from "../src/data/awsCalls";

const hostile = "'; touch pwned; '\"$(touch pwned)`touch pwned`\\\n$HOME";

describe("the script", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "fairlead-aws-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const cli = `aws() {
  printf '%s\\0' "$@"
  case $4 in
    refuse) echo "An error (Denied)" >&2; return 1 ;;
    there) echo "An error (Exists): it is" >&2; return 1 ;;
    slow) [ -f started ] || { touch started; echo "Could not connect to the endpoint URL: it" >&2; return 1; } ;;
  esac
}
`;
  /** @param start of the emulator; without one nothing tells it */
  const run = (calls: { operation: string; done?: string[]; orElse?: AwsCall }[], start?: string) => {
    const script = awsScript([calls.map((call) => ({ service: hostile, request: { Name: hostile }, ...call }))])
      .replace("2>&1 >/dev/null", "2>&1 >>arguments")
      .replace("/sys/class/net/eth0/iflink", "start");
    if (start !== undefined) writeFileSync(join(folder, "start"), start);
    const env = { ...process.env, AWS_ENDPOINT_URL: "http://127.0.0.1:4566" };
    return spawnSync("sh", ["-c", cli + script, "script"], { cwd: folder, env, encoding: "utf8" });
  };
  const calls = () => readFileSync(join(folder, "arguments"), "utf8").split("--endpoint-url").length - 1;

  test("hands requests to the CLI, whatever they hold", () => {
    expect(run([{ operation: "create" }])).toMatchObject({ status: 0, stderr: "" });
    const said = ["--endpoint-url", "http://127.0.0.1:4566", hostile, "create", "--cli-input-json", JSON.stringify({ Name: hostile }), ""];
    expect(readFileSync(join(folder, "arguments"), "utf8").split("\0")).toEqual(said);
    expect(readdirSync(folder)).toEqual(["arguments"]);
  });

  test("takes what is there already for made, waits for what starts, and ends with 1 after what is refused", () => {
    expect(run([{ operation: "there", done: ["Exists"] }, { operation: "slow" }])).toMatchObject({ status: 0, stderr: "" });
    expect(calls()).toBe(3);
    const refused = run([{ operation: "refuse", done: ["Exists"] }, { operation: "create" }], "7");
    expect(refused).toMatchObject({ status: 1, stderr: `${hostile} refuse: An error (Denied)\n` });
    expect(readdirSync(folder)).not.toContain("script.made");
  });

  test("brings up to date what is there already, and that alone", () => {
    const orElse = { service: "sqs", operation: "update", request: {} };
    expect(run([{ operation: "there", done: ["Exists"], orElse }])).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(join(folder, "arguments"), "utf8").split("\0")).toContain("update");
    rmSync(join(folder, "arguments"));
    expect(run([{ operation: "create", done: ["Exists"], orElse }])).toMatchObject({ status: 0, stderr: "" });
    expect(calls()).toBe(1);
    expect(run([{ operation: "refuse", done: ["Exists"], orElse }]).status).toBe(1);
    expect(calls()).toBe(2);
  });

  test("makes nothing twice in one start of the emulator", () => {
    for (const start of ["7", "7", "9"]) expect(run([{ operation: "create" }], start)).toMatchObject({ status: 0, stderr: "" });
    expect(calls()).toBe(2);
    run([{ operation: "create" }], "9");
    expect(calls()).toBe(2);
  });
});
