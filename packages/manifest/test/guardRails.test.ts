import { minimal, offers, problems, write } from "./folder";

describe("guard rails of an environment", () => {
  const guardRails = {
    environment: "prod",
    setIn: "stacks/prod.ts",
    requireOwner: true,
    requiredTags: ["cost-center"],
    maxCpu: 1024,
    maxMemoryMiB: 2048,
    maxCount: 10,
  };
  const whole = `${minimal}owner: shop\ntags: { cost-center: "1" }\n`;
  const cases: [title: string, manifest: string, code: string, place: string, problem: RegExp][] = [
    ["more CPU", `${whole}cpu: 2048\nmemoryMiB: 4096\n`, "FL1032", "5:6", /cpu is 2048/],
    [
      "more memory in one environment",
      `${whole}environments:\n  prod:\n    memoryMiB: 3072\n    cpu: 1024\n`,
      "FL1032",
      "7:16",
      /memoryMiB is 3072/,
    ],
    ["no owner", `${minimal}tags: { cost-center: "1" }\n`, "FL1033", "1:1", /api has no "owner"/],
    ["no tag", `${minimal}owner: shop\ntags: { team: "1" }\n`, "FL1034", "4:7", /no tag "cost-center"/],
    ["more tasks", `${whole}desiredCount: 11\n`, "FL1035", "5:15", /desiredCount is 11/],
    ["more tasks with scaling", `${whole}scaling: { maxCapacity: 20 }\n`, "FL1035", "5:25", /scaling.maxCapacity is 20/],
  ];
  test.each(cases.map(([title, manifest, code, place, problem]) => ({ title, manifest, code, place, problem })))(
    "$title: named as the platform team's",
    ({ manifest, code, place, problem }) => {
      write("api", manifest);
      const [found] = problems("prod", { ...offers, guardRails }).filter((diagnostic) => diagnostic.code === code);
      expect(`${found?.line}:${found?.column}`).toBe(place);
      expect(found?.problem).toMatch(problem);
      expect(found?.expected).toMatch(/a guard rail of prod, which the platform team sets in stacks\/prod.ts/);
    },
  );

  test("a service within them passes, and where there are none anything does", () => {
    write("api", whole);
    expect(problems("prod", { ...offers, guardRails })).toEqual([]);
    write("api", `${minimal}cpu: 16384\nmemoryMiB: 32768\ndesiredCount: 100\n`);
    expect(problems("prod")).toEqual([]);
  });
});
