import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { codes, codesPage } from "@fairlead/model/codes";
import { reasons, rules } from "@fairlead/policy";

import { pages } from "../testing/documents";
import { runCommand } from "../testing/runCommand";

const root = resolve(__dirname, "../../..");
const table = "packages/model/src/codes";

const explain = (...args: string[]) => runCommand(root, "explain", ...args);

/** Lines with a code in it, of the files that git knows or would add. */
function linesWithCode(...paths: string[]): { place: string; line: string; code: string }[] {
  const { stdout } = spawnSync("git", ["grep", "--untracked", "-nE", "FL[0-9]{4}", "--", ...paths], { cwd: root, encoding: "utf8" });
  return stdout
    .trimEnd()
    .split("\n")
    .flatMap((found) => {
      const [, place, line] = /^([^:]+:\d+):(.*)$/.exec(found)!;
      return [...line!.matchAll(/FL\d{4}/g)].map(([code]) => ({ place: place!, line: line!, code }));
    });
}

const sources = [":(glob)packages/*/src/**", ":(glob)examples/**/*.ts", ":(glob)tools/*/src/**", `:!${table}`];

test("sources, documents and workflows name no code that is not in the table", () => {
  const named = linesWithCode(...sources, ...pages, ".github");
  expect(named.length).toBeGreaterThan(100);
  expect(named.filter(({ code }) => !(code in codes))).toEqual([]);
});

test("no text begins with a code of its own: coded() puts it there, which takes those of the table alone", () => {
  // What the sandbox reads in the answers of commands is no text of ours.
  const texts = linesWithCode(...sources, ":!tools/sandbox/src/scenario").filter(({ line }) => /["'`]FL\d{4}[^"'`]/.test(line));
  expect(texts).toEqual([]);
});

test("every code is given by the sources, and named in a test", () => {
  const given = new Set(linesWithCode(...sources, ":!tools/sandbox").map(({ code }) => code));
  const named = new Set(linesWithCode(":(glob)packages/*/test/**", ":(glob)tools/*/test/**").map(({ code }) => code));
  expect(Object.keys(codes).filter((code) => !given.has(code))).toEqual([]);
  expect(Object.keys(codes).filter((code) => !named.has(code))).toEqual([]);
});

test("docs/codes.md is as the table says", async () => {
  expect(readFileSync(join(root, "docs/codes.md"), "utf8")).toBe(codesPage());
  expect((await explain("--markdown")).stdout).toBe(codesPage());
});

test("explain takes a code in any case, and proposes one for a code that there is not", async () => {
  expect((await explain("fl1009")).stdout).toMatch(/^FL1009 {2}image platform does not cover the task\n[^]*exec format error[^]*fix: /);
  expect(JSON.parse((await explain("FL2106", "--json")).stdout)).toEqual({ code: "FL2106", ...codes.FL2106 });
  expect((await explain()).stdout.split("\n").filter(Boolean)).toHaveLength(Object.keys(codes).length + rules.length);
  const { status, stderr } = await explain("FL1109");
  expect(status).toBe(1);
  expect(stderr).toMatch(/Did you mean FL1009\?/);
  expect((await explain("nonsense")).stderr.trim()).toMatch(/There is no code or control nonsense\. `fairlead explain` lists all\.$/);
});

test("explain takes a control of the policies as well: one of AWS Security Hub, and one of ours", async () => {
  expect((await explain("elb.1")).stdout).toBe(
    `ELB.1  Plain HTTP is redirected to HTTPS

Asked of each aws:lb/listener:Listener.
A control of AWS Security Hub: https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-1

why: Whoever is on the way reads and changes plain HTTP, logins included.
fix: Give the load balancer a certificateArn: port 80 then redirects.
`,
  );
  const { stdout } = await explain("FL.ECS.1");
  expect(stdout).toContain(
    "Asked of each aws:ecs/service:Service: deploymentCircuitBreaker.rollback is true.\nA control of Fairlead's own.",
  );
  expect(JSON.parse((await explain("FL.ECS.1", "--json")).stdout)).toMatchObject({ control: "FL.ECS.1", fix: "Set rollback to true." });
  for (const { control, title } of rules)
    expect((await explain(control)).stdout).toMatch(new RegExp(`^${control}  ${title}\n[^]*\nwhy: .+\nfix: `));
  // No reason of a control that there is not.
  expect(Object.keys(reasons).sort()).toEqual(rules.map(({ control }) => control).sort());
  expect((await explain("FL.ECS.9")).stderr).toMatch(/Did you mean FL\.ECS\.1\?/);
  expect((await explain("ELB1")).stderr).toMatch(/Did you mean ELB\.1\?/);
});
