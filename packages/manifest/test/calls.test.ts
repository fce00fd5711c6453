import { join } from "node:path";

import { folder, minimal, offers, problems, write } from "./folder";

describe("a call that finds nobody", () => {
  const kinds = (calls: string, callee: string) => {
    write("api", `${minimal}${callee}`);
    write("web", `name: web\n${calls}calls: [api]\n`);
  };
  const found = (serviceConnect: boolean) =>
    problems("dev", { ...offers, networkLoadBalancer: true, serviceConnect }).map(({ code, line, problem }) => [code, line, problem]);
  const onInstances = (mode: string) => `networkMode: ${mode}\ncapacityProviderStrategy: [{ capacityProvider: graviton }]\n`;

  test("is one to tasks without an address of their own, but for Service Connect's proxies", () => {
    kinds("kind: worker\n", onInstances("bridge"));
    expect(found(false)).toEqual([["FL1038", 3, expect.stringMatching(/^calls.0 names "api", which runs in networkMode bridge/)]]);
    expect(found(true)).toEqual([]);
    kinds("kind: worker\n", onInstances("host"));
    expect(found(true)).toEqual([["FL1038", 3, expect.stringMatching(/networkMode host/)]]);
  });

  test("is one of a task that has no proxy, where others have", () => {
    kinds("kind: job\n", "");
    expect(found(true)).toEqual([["FL1038", 3, expect.stringMatching(/a job has no proxy/)]]);
    expect(found(false)).toEqual([]);
    kinds("containerPort: 80\ntcp: { port: 80 }\n", "");
    expect(found(true)).toEqual([["FL1038", 4, expect.stringMatching(/a service with tcp has no proxy/)]]);
  });
});

test("a circle of calls, where one must be there before the other", () => {
  const calling = (name: string, ...calls: string[]) => write(name, `name: ${name}\ncontainerPort: 80\ncalls: [${calls.join(", ")}]\n`);
  calling("api", "api", "orders");
  calling("orders", "stock");
  calling("stock", "api");
  calling("web", "api", "stock");
  expect(problems("dev", offers)).toEqual([]);
  expect(problems("dev", { ...offers, serviceConnect: true })).toEqual([
    expect.objectContaining({
      code: "FL1039",
      file: join(folder, "stock/service.yaml"),
      line: 3,
      column: 9,
      problem: "calls.0 closes a circle: api → orders → stock → api",
    }),
  ]);
});
