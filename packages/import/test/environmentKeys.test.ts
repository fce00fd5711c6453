import { findingsOf, importedService } from "./application";

const web = "Load Balanced Web Service";

describe("a key of an environment's manifest", () => {
  const inEnvironment = (rest: string, options = {}) =>
    importedService(web, "", { "copilot/environments/test/manifest.yml": `name: test\ntype: Environment\n${rest}\n` }, options).result;

  test.each([
    ["nonsense: 1", "nonsense", 3, 1],
    ["network:\n  nonsense: { vpc: 1 }", "network.nonsense", 4, 3],
    ["network:\n  vpc:\n    subnets:\n      public: [{ nonsense: 1 }]", "network.vpc.subnets.public[0].nonsense", 6, 18],
  ])("that nobody knows is a problem FL2902 with its place, and a finding where that is allowed: %j", (rest, source, line, column) => {
    expect(inEnvironment(rest).problems).toEqual([
      expect.objectContaining({ code: "FL2902", line, column, problem: `nobody knows the key ${source}` }),
    ]);
    const result = inEnvironment(rest, { lenient: true });
    expect(result.problems).toEqual([]);
    expect(findingsOf(result, source)).toEqual([expect.objectContaining({ outcome: "ignored", environments: ["test"] })]);
  });

  test.each([
    ["network: { vcp: { id: vpc-1 } }", "network.vcp", "Was vpc meant?"],
    ["x-zones: [a, b]", "x-zones", "what anchors take from it"],
    ["certificates: [a]", "certificates", "reads it as http.public.certificates alone"],
    ["memory: 512", "memory", "reads it in the manifest of a service (memory)"],
    ["addons: [a]", "addons", "it is one of Copilot's folders"],
    ["taskRole: a", "taskRole", "it is one of ECS"],
    ["network: { vpc: { subnets: { public: [] } } }", "network.vpc.subnets.public", "it is empty"],
    ["observability:", "observability", "it is empty"],
  ])("that Copilot passes over is ignored here as well, and it is said how that is known: %s", (rest, source, text) => {
    const result = inEnvironment(rest);
    expect(result.problems).toEqual([]);
    expect(findingsOf(result, source)).toEqual([
      expect.objectContaining({ outcome: "ignored", text: expect.stringContaining(text) as string }),
    ]);
  });

  test.each([["network: default"], ["network: [vpc]"]])(
    "in a form that nothing reads is a problem FL2903, or to be decided: %s",
    (rest) => {
      expect(inEnvironment(rest).problems).toEqual([expect.objectContaining({ code: "FL2903", line: 3 })]);
      const result = inEnvironment(rest, { lenient: true });
      expect([result.problems, findingsOf(result, "network").map(({ outcome }) => outcome)]).toEqual([[], ["decide"]]);
    },
  );
});
