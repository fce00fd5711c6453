import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { regionsOf, type PriceFile } from "@fairlead/cost";

const bin = join(__dirname, "../bin/fairlead.js");

/** Runs the command, with a price list that nobody answers for. */
function prices(...args: string[]) {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: "http://127.0.0.1:1",
    AWS_MAX_ATTEMPTS: "1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "prices", ...args], { encoding: "utf8", env });
  return { status, stdout, stderr };
}

test("a region's prices alone, and no region that the file does not have", () => {
  const regions = (...args: string[]) => regionsOf(JSON.parse(prices("--json", ...args).stdout) as PriceFile);
  const [first] = regions();
  expect(regions("--region", first!)).toEqual([first]);
  const { status, stdout, stderr } = prices("--region", "mars-1");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(new RegExp(`no prices of mars-1\\. .*${first}`));
});

test("a price that the file does not have of a region is told as such", () => {
  const { stdout } = prices("--region", "il-central-1");
  expect(stdout).toMatch(/^ {2}natGateway +not known$/m);
  expect(stdout).toMatch(/^ {2}fargate\.arm64\.vcpu +0\.\d+ USD per vCPU-hour, by AWS's price list of 2025-06-05$/m);
});

test("a price list that can't be asked is one sentence", () => {
  const { status, stderr } = prices("--refresh");
  expect(status).toBe(1);
  expect(stderr).toMatch(/^AWS's price list can't be asked: .*\. Nothing was written\.\n$/);
});
