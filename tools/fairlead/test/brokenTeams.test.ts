import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { planOfStack, readProject } from "@fairlead/plan";
import { compareResults, isRefused, renderComment, renderTerminal, type PlanResult } from "@fairlead/report";

import { planInPart } from "../src/commits/planInPart";
import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";

const base = new FixtureRepository();
let changed: FixtureRepository;
beforeEach(() => (changed = new FixtureRepository(base)));
afterEach(() => changed.remove());
afterAll(() => base.remove());

const fairlead = (...args: string[]) => runCommand(changed.folder, "preview", "dev", ...args);
const breakApi = () => changed.edit("apps/api/service.yaml", (text) => text.replace("containerPort: 3000", "containerPort: 70000"));
const changeWeb = () => changed.edit("apps/web/service.yaml", (text) => text.replace("memoryMiB: 512", "memoryMiB: 1024"));

/** As `fairlead diff` plans a side: what is broken is as the other side has it. */
async function planned({ folder }: FixtureRepository, other: FixtureRepository): Promise<PlanResult> {
  const project = readProject("dev", [], folder);
  const standIn = (file: string) => {
    const there = join(other.folder, relative(folder, file));
    return existsSync(there) ? readFileSync(there, "utf8") : undefined;
  };
  return planInPart(project, "dev", standIn);
}

async function compared() {
  const [before, after] = [await planned(base, changed), await planned(changed, base)];
  const stacks = [compareResults("dev", before, after, () => readProject("dev", [], changed.folder))];
  return { project: "fairlead", from: "a", to: "b", stacks };
}

describe("a manifest of one team that is broken", () => {
  test("doesn't hide the others' plans from a preview, which fails all the same", async () => {
    breakApi();
    const { status, stdout, stderr } = await fairlead();
    expect(status).toBe(1);
    expect(stdout).toMatch(/ api fairlead:stacks:Service/);
    expect(stdout).toMatch(/ web fairlead:stacks:Service/);
    expect(stderr).toContain("FL1005");
    expect(stderr).toContain("apps/api/service.yaml");
    expect(stderr).toContain("`pulumi up` refuses the whole stack");
  });

  test("nor from one of another service alone, nor from JSON, which says what is not as it is written", async () => {
    breakApi();
    const web = await fairlead("--service", "web");
    expect(web).toMatchObject({ status: 1, stderr: expect.stringContaining("FL1005") as string });
    expect(web.stdout).toMatch(/ web fairlead:stacks:Service/);
    const { status, stdout } = await fairlead("--json");
    expect(status).toBe(1);
    expect((JSON.parse(stdout) as { leftOut: unknown }).leftOut).toEqual([{ file: "apps/api/service.yaml", hasStandIn: true }]);
  });

  test("is compared as it was, the others as they are, and the verdict is that it can't be planned", async () => {
    breakApi();
    changeWeb();
    const report = await compared();
    expect(isRefused(report)).toBe(true);
    const comment = renderComment(report);
    expect(comment).toMatch(/^### ❌ Can't be planned: dev/m);
    expect(comment).toMatch(/apps\/api\/service\.yaml:\d+:16 {2}FL1005/);
    for (const text of [comment, renderTerminal(report)]) {
      expect(text.replaceAll("*", "")).toContain("web: memory 512 → 1024 MiB");
      expect(text).not.toMatch(/api: removed|removes service/i);
    }
  });

  test("that nobody can read is compared as it was, too", async () => {
    changed.write("apps/api/service.yaml", "name: [api\n");
    const text = renderTerminal(await compared());
    expect(text).toContain("FL1001");
    expect(text).not.toMatch(/removed|deleted/);
  });

  test("and is new is left out", async () => {
    changed.write("apps/search/service.yaml", "name: search\ncontainerPort: 70000\n");
    changeWeb();
    const text = renderTerminal(await compared());
    expect(text).toContain("Left out: apps/search/service.yaml.");
    expect(text).toContain("web: memory 512 → 1024 MiB");
  });

  test("and lies in another folder now is not said to be removed: then nothing is compared", async () => {
    changed.git("mv", "apps/api", "apps/api2");
    changed.edit("apps/api2/service.yaml", (text) => text.replace("containerPort: 3000", "containerPort: 70000"));
    const report = await compared();
    expect(report.stacks[0]).toMatchObject({ side: "after", failure: expect.stringContaining("FL1005") as string });
    expect(renderTerminal(report)).not.toMatch(/removed|deleted/);
  });

  test("and is mended is not said to be new", async () => {
    breakApi();
    const mended = compareResults("dev", await planned(changed, base), await planned(base, changed), () => readProject("dev"));
    expect(renderTerminal({ project: "fairlead", from: "a", to: "b", stacks: [mended] })).not.toMatch(/new:|created/);
  });

  test("is one of all that a check tells, each mistake once", async () => {
    breakApi();
    changed.edit("apps/web/service.yaml", (text) =>
      text.replace("- api", "- apii\nenvironments: { prod: { cpu: 8192, memoryMiB: 16384 } }"),
    );
    const { status, stdout } = await runCommand(changed.folder, "manifest", "check");
    expect(status).toBe(1);
    expect(stdout.match(/FL\d+ .*/g)).toEqual([
      "FL1005  containerPort is 70000",
      expect.stringMatching(/^FL1007 {2}calls.0 names "apii"/) as string,
      expect.stringMatching(/^FL1032 {2}cpu is 8192 \(in prod\)/) as string,
    ]);
  });

  test("refuses all where `up` would go by the plan", async () => {
    breakApi();
    await expect(planOfStack(readProject("dev", [], changed.folder), "dev")).rejects.toThrow("FL1005");
  });
});
