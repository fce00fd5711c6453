import type { Task } from "@fairlead/local";

import { localContainer } from "../testing/local";
import { causesOf, type LocalCause } from "../src/local/causes";
import type { ComposeEngine } from "../src/local/composeEngine";
import type { LocalContainer } from "../src/local/containers";
import { renderNotUp } from "../src/local/renderLocal";
import { partStates, type PartState, type Phase } from "../src/local/taskStates";
import { tellingLines } from "../src/local/tellingLines";

const web = {
  ...{ name: "web", kind: "service", isOnFargate: true, cpu: 256, memoryMiB: 512, registrations: [], names: [], before: [] },
  containers: [{ name: "web" }, { name: "proxy", memory: 64 }, { name: "agent", essential: false }],
} as unknown as Task;

const container = (name: string, now: Partial<LocalContainer> = {}) =>
  localContainer(name === "web" ? name : `web.${name}`, { id: name, task: "web", container: name, restartsByItself: false, ...now });

const ended = (exitCode: number, more: Partial<LocalContainer> = {}) => ({ state: "exited", exitCode, ...more }) as const;

/** What is said of `web` with these containers, each of which wrote these lines; its health check said `no curl`. */
async function causeOf(containers: LocalContainer[], lines: readonly string[] = [], task = web): Promise<LocalCause> {
  const answers: Record<string, string> = {
    logs: lines.map((line, index) => `2026-01-01T00:00:0${index}Z ${line}\n`).join(""),
    inspect: JSON.stringify([{ ExitCode: 1, Output: "no curl\n" }]),
  };
  const call = ([verb = ""]: string[]) => Promise.resolve({ stdout: answers[verb] ?? "", stderr: "", status: 0 });
  const compose = { engine: { call } } as unknown as ComposeEngine;
  const data = [{ name: "accounts", kind: "postgres" as const, variables: ["ACCOUNTS_HOST", "ACCOUNTS_PORT"] }];
  return (
    await causesOf(
      partStates([task], containers, () => undefined),
      { compose, tasks: [task], data },
    )
  )[0]!;
}

describe("the container that failed is named", () => {
  test.each<[string, LocalContainer[], string]>([
    ["not where it is the service's own", [container("web", ended(1)), container("proxy")], "web ended with exit code 1"],
    ["where it is another", [container("web"), container("proxy", ended(1))], "web's container proxy ended with exit code 1"],
    ["before one that the task goes on without", [container("agent", ended(1)), container("web", ended(2))], "web ended with exit code 2"],
    [
      "where it could not start",
      [container("web"), container("proxy", { state: "created", error: "no such file" })],
      "web's container proxy was not started: no such file",
    ],
    ["where it is not healthy", [container("web"), container("proxy", { health: "unhealthy" })], "web's container proxy is not healthy"],
  ])("%s", async (_, containers, problem) => expect((await causeOf(containers)).problem).toMatch(new RegExp(`^${problem}`)));

  test("and so is the shell to try its health check in", async () => {
    const { fix } = await causeOf([container("web"), container("proxy", { health: "unhealthy" })]);
    expect(fix).toContain("`npx fairlead local exec web --container proxy`");
    expect((await causeOf([container("web", { health: "unhealthy" })])).fix).toContain("`npx fairlead local exec web`.");
  });
});

describe("out of memory", () => {
  const killed = ended(137, { outOfMemory: true });
  const of = (memory: object) => ({ ...web, ...memory }) as Task;

  test.each<[string, LocalContainer, Task, string, string]>([
    [
      "a task's",
      container("web", killed),
      web,
      "needed more than the 512 MiB of memory that memoryMiB gives it",
      "Raise memoryMiB in service.yaml, such as to 1024,",
    ],
    ["with another CPU size", container("web", killed), of({ memoryMiB: 2048 }), "2048 MiB", "such as to 4096, and cpu to 512,"],
    ["of an instance", container("web", killed), of({ isOnFargate: false, memoryMiB: 700 }), "700 MiB", "such as to 1400,"],
    ["a sidecar's own", container("proxy", killed), web, "64 MiB of memory that sidecars.proxy.memoryMiB", "such as to 128,"],
    [
      "as large as the task's",
      container("proxy", killed),
      of({ memoryMiB: 100 }),
      "64 MiB",
      "and memoryMiB, the 100 of the whole task, with it",
    ],
    ["of a child of the program", container("web", ended(1, { outOfMemory: true })), web, "512 MiB", "Raise memoryMiB"],
    [
      "that nobody says for sure",
      container("web", ended(137)),
      web,
      "512 MiB of memory that memoryMiB gives it, or did not end",
      "stopTimeoutSeconds",
    ],
  ])("%s is told with its limit and its key", async (_, killedOne, task, problem, fix) => {
    const cause = await causeOf([killedOne], [], task);
    expect(cause.problem).toContain(problem);
    expect(cause.fix).toContain(fix);
  });

  test("is not said of what ended otherwise", async () =>
    expect((await causeOf([container("web", ended(1))])).problem).toBe("web ended with exit code 1"));
});

describe("a program that asks its own localhost", () => {
  const refused = "Error: connect ECONNREFUSED 127.0.0.1:5432";

  test("is told what to read", async () => {
    const { problem, fix } = await causeOf([container("web", ended(1))], [refused]);
    expect(problem).toBe("web ended with exit code 1: it asks itself on port 5432, where nothing listens: localhost is the task alone");
    expect(fix).toContain("uses: [{ name: accounts }]");
  });

  test("and is not, where its end has another cause", async () => {
    const { id } = await causeOf([container("web", ended(1))], [refused, "Error: Cannot find module 'pg'"]);
    expect(id).toBe("module-missing");
  });
});

describe("the lines that tell most", () => {
  test.each<[string, string[], string[]]>([
    ["are the last without an error", ["a", "b"], ["a", "b"]],
    ["begin with the error", ["starting", "Error: no", "    at main.js:1"], ["Error: no", "    at main.js:1"]],
    [
      "begin with the place that Node tells before a syntax error",
      ["starting", "/app/index.js:3", "const x = ;", "          ^", "", "SyntaxError: Unexpected token ';'"],
      ["/app/index.js:3", "const x = ;", "          ^", "", "SyntaxError: Unexpected token ';'"],
    ],
    [
      "and with Python's",
      ["starting", '  File "/app/main.py", line 3', "    x = = 3", "        ^", "SyntaxError: invalid syntax"],
      ['  File "/app/main.py", line 3', "    x = = 3", "        ^", "SyntaxError: invalid syntax"],
    ],
    ["but not with what is no place", ["/app/index.js:3", "throw err", "^", "", "Error: no"], ["Error: no"]],
    ["are told once each", ["waiting", "waiting", "waiting", "", "", "Error: no", "Error: no"], ["Error: no (2 times)"]],
    ["with how often they came", ["waiting", "waiting", "waiting", "gone"], ["waiting (3 times)", "gone"]],
  ])("%s", (_, lines, telling) => expect(tellingLines(lines)).toEqual(telling));
});

describe("what is said of an environment that is not up", () => {
  const part = (text: string): PartState => {
    const [name = "", phase = ""] = text.split(" ");
    const task = { name, kind: name === "nightly" ? "scheduledJob" : "service" } as Task;
    return { name, phase: phase as Phase, task, containers: [], restarts: 0 };
  };

  test.each<[string[], string]>([
    [["web failed", "api up", "worker up", "migration done", "nightly absent"], "web did not come up; 2 others are up."],
    [["web failed", "api waiting", "worker up"], "web did not come up; api is not up yet; 1 other is up."],
    [["web failed", "api stopped", "worker absent"], "web, api, worker did not come up."],
    [["web waiting", "api waiting"], "web, api are not up yet."],
  ])("%j", (parts, said) => expect(renderNotUp(parts.map(part))).toBe(said));
});
