import { comparePlans } from "@fairlead/changes";
import type { Plan, PlanResource, Project } from "@fairlead/plan";
import type { Finding } from "@fairlead/policy";

import { commentLimit, marker, renderComment, renderHtml, renderTerminal, reportOf, type ChangeReport, type StackReport } from "../src";

const serviceType = "fairlead:stacks:Service";
const stackUrn = "urn:pulumi:dev::fairlead::pulumi:pulumi:Stack::fairlead-dev";

function resource(type: string, name: string, inputs: Record<string, unknown>, parent = stackUrn, custom = true): PlanResource {
  const urn = `urn:pulumi:dev::fairlead::${type}::${name}`;
  return { urn, type, name, parent, custom, inputs, dependencies: [], propertyDependencies: {}, options: {} };
}

/** A plan of so many services of a few resources each. */
function planOf(count: number, memory: string, nameOf = (index: number) => `service-${index}`): Plan {
  const services = Array.from({ length: count }, (_, index) => {
    const spec = { name: nameOf(index), cpu: 256, memoryMiB: Number(memory), environment: { A: memory } };
    const component = resource(serviceType, nameOf(index), { spec, imageTag: "1.0.0-3f2a1bc84d0e" }, stackUrn, false);
    const inputs = {
      cpu: "256",
      memory,
      containerDefinitions: JSON.stringify([{ name: "main", image: "x", environment: [{ name: "A", value: memory }] }]),
    };
    const task = resource("aws:ecs/taskDefinition:TaskDefinition", nameOf(index), inputs, component.urn);
    const service = resource(
      "aws:ecs/service:Service",
      nameOf(index),
      { desiredCount: 1, taskDefinition: { $output: `${task.urn}#arn` } },
      component.urn,
    );
    return [component, task, service];
  });
  const stack = { ...resource("pulumi:pulumi:Stack", "fairlead-dev", {}), urn: stackUrn, parent: null, custom: false };
  return { version: 1, project: "fairlead", stack: "dev", resources: [stack, ...services.flat()], outputs: {} };
}

/** A project that declares no usage and excepts nothing. */
const project: Project = {
  root: "/nowhere",
  name: "fairlead",
  main: "/nowhere/index.js",
  configFolder: "/nowhere",
  config: { "aws:region": "us-east-1" },
  secretKeys: [],
};

function reportFor(before: Plan, after: Plan): ChangeReport {
  return { project: "fairlead", from: "before", to: "after", stacks: [reportOf(comparePlans(before, after), { after: project })] };
}

describe("a comment", () => {
  test("has a row for what changes, and one line for what does not", () => {
    const [changed, same] = [reportFor(planOf(1, "512"), planOf(1, "1024")), reportFor(planOf(1, "512"), planOf(1, "512"))];
    const named = ({ stacks }: ChangeReport, ...names: string[]) => names.map((stack) => ({ ...stacks[0]!, stack }));
    const text = renderComment({ ...changed, stacks: [...named(changed, "dev"), ...named(same, "qa", "prod")] });
    expect(text.match(/^\| \w+ \|/gm)).toEqual(["| environment |", "| dev |"]);
    expect(text).toContain("\n\nqa and prod stay as they are.\n\n");
    const failed = { stack: "qa", side: "after" as const, failure: "No." };
    expect(renderComment({ ...changed, stacks: [failed, ...named(same, "prod")] })).toMatch(
      /can't be planned[^]*\n\nprod stays as it is\.\n/,
    );
    expect(renderComment(same)).toContain("\n\n1 environment stays as it is.\n");
  });

  test.each([10, 100, 400, 1000, 5000])("of %i changed services keeps GitHub's limit, and says what matters most", (count) => {
    const text = renderComment(reportFor(planOf(count, "512"), planOf(count, "1024")));
    expect(text.length).toBeLessThanOrEqual(commentLimit);
    expect(text.startsWith(marker)).toBe(true);
    expect(text).toContain(`${count} services change, in dev.`);
    expect(text).toContain("**service-0**: memory 512 → 1024 MiB");
    expect(text.includes("Details were left out")).toBe(count >= 400);
  });

  test("drops the least important first: properties, resources, costs, the picture, policies, and then lines", () => {
    const report = reportFor(planOf(30, "512"), planOf(30, "1024"));
    const whole = renderComment(report).length;
    const has = (limit: number) => {
      const text = renderComment(report, limit);
      expect(text.length).toBeLessThanOrEqual(limit);
      return [
        "containerDefinitions.main",
        "update aws:ecs/service",
        "cost a month, where",
        "```mermaid",
        "**service-29**",
        "✅ Routine",
      ].map((part) => text.includes(part));
    };
    const seen: boolean[][] = [];
    for (let limit = whole; limit > 400; limit -= 100) seen.push(has(limit));
    // What is once gone does not come back, and nothing goes before what matters less.
    for (const parts of seen) expect([...parts].sort()).toEqual(parts);
    expect(seen[0]!.filter(Boolean).length).toBeGreaterThan(3);
    expect(seen.at(-1)).toEqual([false, false, false, false, false, true]);
  });

  test("has no colours, on a terminal neither", () => {
    const before = process.env.FORCE_COLOR;
    process.env.FORCE_COLOR = "1";
    const noColor = process.env.NO_COLOR;
    delete process.env.NO_COLOR;
    const report = reportFor(planOf(1, "512"), planOf(1, "1024"));
    jest.isolateModules(() => {
      const { renderComment: colourful, renderTerminal: terminal } = jest.requireActual<typeof import("../src")>("../src");
      expect(terminal(report)).toContain("\u001b[31m (replaces it)");
      expect(colourful(report)).toContain("(replaces it)");
      expect(colourful(report)).not.toContain("\u001b[");
    });
    process.env.FORCE_COLOR = before;
    if (before === undefined) delete process.env.FORCE_COLOR;
    if (noColor !== undefined) process.env.NO_COLOR = noColor;
  });

  test("shows names as text, whatever they hold, and calls nobody", () => {
    const planted = "<img src=x> [a](b) @team #1 `x` |";
    const text = renderComment(
      reportFor(
        planOf(1, "512", () => planted),
        planOf(1, "1024", () => planted),
      ),
    );
    const [, prose] = /^([^]*?)```/.exec(text)!;
    expect(prose).not.toMatch(/<img|@team|#1\b|\[a\]\(b\)/);
  });
});

test("the page holds one script of data and one of its own, whatever a plan says", async () => {
  const planted = "</script><script>alert(1)</script><!--";
  const html = await renderHtml(
    reportFor(
      planOf(1, "512", () => planted),
      planOf(1, "1024", () => planted),
    ),
  );
  expect(html.match(/<script/g)).toHaveLength(2);
  expect(html.match(/<\/script/g)).toHaveLength(2);
  expect(html).toMatch(/Content-Security-Policy" content="default-src 'none';[^"]*script-src 'sha256-[^']+'"/);
});

test("the terminal says services before resources", () => {
  const text = renderTerminal(reportFor(planOf(2, "512"), planOf(2, "1024")));
  expect(text.indexOf("service-1: memory 512 → 1024 MiB, variable A 512 → 1024, rolling")).toBeGreaterThan(0);
  expect(text.indexOf("service-1: memory")).toBeLessThan(text.indexOf("aws:ecs/taskDefinition:TaskDefinition"));
});

test("the terminal goes on below itself at 80 columns, and where nobody watches a line is a line", () => {
  const report = reportFor(planOf(2, "512"), planOf(2, "1024"));
  const failed = { stack: "qa", side: "after" as const, failure: `apps/a.yaml:1:1  FL1002  ${"no such key ".repeat(12)}` };
  const both = { ...report, stacks: [...report.stacks, failed] };
  const [narrow, whole] = [renderTerminal(both, 80), renderTerminal(both, Infinity)];
  expect(Math.max(...whole.split("\n").map(({ length }) => length))).toBeGreaterThan(100);
  expect(narrow.split("\n").filter(({ length }) => length > 80)).toEqual([]);
  expect(narrow.replace(/\s+/g, " ")).toBe(whole.replace(/\s+/g, " "));
});

test("one is one: resources, findings, lines, parts", () => {
  const [before, after] = [planOf(1, "512"), planOf(1, "512")];
  after.resources.at(-1)!.inputs.desiredCount = 2;
  const report = reportFor(before, after);
  const [stack] = report.stacks as [StackReport];
  const finding = { control: "ECS.5", name: "a", urn: "a", problem: "p", fix: "F." } as Finding;
  stack.policy = { findings: [finding], excepted: [], unused: [] };
  const texts = [
    renderComment(report),
    renderTerminal(report),
    renderTerminal({ ...report, stacks: [{ ...stack, newFindings: [finding] }] }),
  ];
  const [comment, , withFinding] = texts;
  expect(comment).toContain("dev: 1 resource<");
  expect(comment).toContain("1 finding was there before (1 in dev).");
  expect(withFinding).toContain("1 finding, 0 excepted.");
  const plural = /(?<![\d.,/$])1 (resources|findings|parts|lines|components|boxes|problems|environments)\b/;
  for (const text of texts) expect(text).not.toMatch(plural);
});

describe("what several stacks have in common is said once, with their names", () => {
  const change = reportFor(planOf(1, "512"), planOf(1, "1024"));

  test("why they can't be planned", () => {
    const failed = (stack: string, failure: string) => ({ stack, side: "after" as const, failure });
    const report = { ...change, stacks: [failed("dev", "No."), failed("prod", "No."), failed("qa", "Never.")] };
    const text = renderComment(report);
    expect(text).toContain("**dev and prod can't be planned with this change:**\n\n```\nNo.\n```");
    expect(text.match(/No\./g)).toHaveLength(1);
    expect(text).toContain("**qa can't be planned with this change:**");
    const lines = renderTerminal(report, 80);
    expect(lines).toContain("dev and prod  can't be planned (after)\n  No.\n");
    expect(lines).toContain("qa  can't be planned (after)\n  Never.\n");
  });

  test("what is wrong with a manifest, and what is warned of", () => {
    const notices = [
      { refuses: true, title: "can't be planned as a whole", text: "Left out: apps/api/service.yaml." },
      { refuses: false, title: "warns", text: "FL1051 apps/api/service.yaml" },
    ];
    const alone = { refuses: false, title: "warns", text: "FL1040 of prod alone" };
    const of = (stack: string, own: typeof notices) => ({ ...(change.stacks[0] as StackReport), stack, notices: own });
    const report = { ...change, stacks: [of("dev", notices), of("prod", [...notices, alone])] };
    const comment = renderComment(report);
    expect(comment).toContain("**dev and prod can't be planned as a whole:**");
    expect(comment.match(/Left out/g)).toHaveLength(1);
    const lines = renderTerminal(report, 80);
    expect(lines).toContain("! dev and prod can't be planned as a whole\n  Left out: apps/api/service.yaml.\n");
    expect(lines).toContain("? dev and prod: FL1051 apps/api/service.yaml\n");
    expect(lines.match(/Left out|FL1051/g)).toHaveLength(2);
    expect(lines).toMatch(/^ {2}\? FL1040 of prod alone$/m);
  });
});

test("a fingerprint is not compared before a reader's eyes, and Fairlead's own types say what they are", () => {
  const rollout = (settings: string) => {
    const plan = planOf(1, "512");
    plan.resources.push(resource("pulumi-nodejs:dynamic/fairlead:Rollout", "api", { settings }));
    return plan;
  };
  const report = reportFor(rollout("5c45f42f101ae3cf"), rollout("99aa01bec0ffee00"));
  for (const text of [renderComment(report), renderTerminal(report)]) {
    expect(text).toContain("settings: another fingerprint of the ECS service's settings");
    expect(text).not.toContain("5c45f42f");
    expect(text).toContain("rollout (pulumi-nodejs:dynamic/fairlead:Rollout)");
  }
});

test("what everybody calls is drawn, although too much stands beside it", () => {
  const plan = (memory: string) => {
    const loadBalancer = resource("fairlead:networking:LoadBalancer", "dev", {}, stackUrn, false);
    const listener = resource("aws:lb/listener:Listener", "dev", { port: Number(memory) }, loadBalancer.urn);
    const whole = planOf(60, "512");
    const rules = whole.resources
      .filter(({ type }) => type === serviceType)
      .map(({ name, urn }) => resource("aws:lb/listenerRule:ListenerRule", name, { listenerArn: { $output: `${listener.urn}#arn` } }, urn));
    return { ...whole, resources: [...whole.resources, loadBalancer, listener, ...rules] };
  };
  const [, diagram] = /```mermaid\n([^]*?)```/.exec(renderComment(reportFor(plan("80"), plan("81"))))!;
  expect(diagram!.match(/^ {2}n\d/gm)).toHaveLength(1);
  expect(diagram).toContain('"load balancer"');
});
