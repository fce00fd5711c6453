import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addressRange } from "@fairlead/changes";
import type { ComposeFile, Task } from "@fairlead/local";

import { causeOfName, localContainer } from "../testing/local";
import { engineContainer } from "../testing/scriptedDocker";
import type { ComposeEngine } from "../src/local/composeEngine";
import type { LocalContainer } from "../src/local/containers";
import { declaredVolumes } from "../src/local/declaredVolumes";
import { areThere, needsOf, notDone, servicesFor } from "../src/local/dueServices";
import type { OpenLocal } from "../src/local/openLocal";
import { addressBlocks, checkedBlock, choosePorts, projectName, remember } from "../src/local/place";
import { secretsDigest } from "../src/local/secrets";
import { partStates } from "../src/local/taskStates";
import { hasItsResources, isUp, startedOnly } from "../src/local/watchParts";

describe("folders that an image has as a volume", () => {
  test.each([
    ["FROM a\nVOLUME /data /cache\n", undefined, ["/data", "/cache"]],
    ['FROM a\nVOLUME ["/with space", "/b"]\n', undefined, ["/with space", "/b"]],
    ["FROM a AS build\nVOLUME /build\nFROM b\nvolume \\\n  /data\n", undefined, ["/data"]],
    ["FROM a AS build\nVOLUME /build\nFROM b\nVOLUME /data\n", "build", ["/build"]],
    ["FROM a\n# VOLUME /not\nRUN echo VOLUME /nor\n", undefined, []],
  ])("%j", (dockerfile, target, volumes) => expect(declaredVolumes(dockerfile, target)).toEqual(volumes));
});

describe("where an environment lies", () => {
  test("is another place for each folder and stack, under a name that Compose takes", () => {
    const names = [projectName("Shop!", "dev", "/a"), projectName("Shop!", "dev", "/b"), projectName("Shop!", "prod", "/a")];
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9_-]*$/);
  });

  test("has addresses that no other has", () => {
    const blocks = addressBlocks("shop-dev-1234");
    expect(new Set(blocks).size).toBe(256);
    const all = addressRange("10.208.0.0/12")!;
    for (const block of blocks) {
      const { first, last } = addressRange(block)!;
      expect([first >= all.first, last <= all.last, last - first]).toEqual([true, true, 4095n]);
    }
  });

  test.each(["10.99.0.0", "10.99.0.5/22", "foo/22", "10.99.0.0/30", "fd00::/64", ""])("refuses the block %j", (block) =>
    expect(() => checkedBlock(block)).toThrow(/^--addresses .*expected a block/),
  );

  test("keeps its port while it has it, and takes the next one where others do", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    try {
      expect(await choosePorts([80], { ports: { 80: port } }, () => true)).toEqual({ 80: port });
      const chosen = await choosePorts([80, 443], { ports: { 80: port } }, () => false);
      expect(new Set([port, ...Object.values(chosen)]).size).toBe(3);
      expect(Object.values(chosen).every((each) => each >= 8080)).toBe(true);
    } finally {
      server.close();
    }
  });
});

const task = (name: string, kind: Task["kind"] = "service", registrations: Task["registrations"] = []): Task =>
  ({ name, kind, registrations, containers: [{ name, image: name }], names: [], before: [] }) as unknown as Task;

const container = localContainer;

describe("how a part of an environment is", () => {
  const phase = (of: Task, containers: LocalContainer[], isServing?: boolean) =>
    partStates([of], containers, () => (isServing === undefined ? undefined : { isServing }))[0]!.phase;

  test.each([
    ["a service that runs", {}, undefined, "up"],
    ["one that the load balancer does not send to", {}, false, "waiting"],
    ["one that is not healthy yet", { health: "starting" }, undefined, "waiting"],
    ["one that is unhealthy", { health: "unhealthy" }, undefined, "failed"],
    ["one that was started again three times", { state: "restarting", restarts: 3 }, undefined, "failed"],
    ["one that was started again once", { state: "restarting", restarts: 1 }, undefined, "waiting"],
    ["one that the engine could not start", { state: "created", error: "no such file" }, undefined, "failed"],
    ["one that waits for another", { state: "created" }, undefined, "waiting"],
    ["one that somebody stopped, which Docker would have started again", { state: "exited", exitCode: 137 }, undefined, "stopped"],
  ] as const)("%s", (_, now, isServing, expected) => expect(phase(task("web"), [container("web", now)], isServing)).toBe(expected));

  test.each([
    ["a job that ended with 0", { state: "exited", exitCode: 0 }, "done"],
    ["with 1", { state: "exited", exitCode: 1 }, "failed"],
    ["a job that runs", {}, "waiting"],
  ] as const)("%s", (_, now, expected) =>
    expect(phase(task("migration", "job"), [container("migration", { restartsByItself: false, ...now })])).toBe(expected),
  );

  test("nobody started it", () => expect(phase(task("web"), [])).toBe("absent"));
});

const data = (service: string, now: Partial<LocalContainer> = {}) => container(service, { task: undefined, container: undefined, ...now });

describe("an `up` of some tasks", () => {
  const web = task("web");
  const other = task("other");
  const states = (containers: LocalContainer[]) => partStates([web, other], containers, () => undefined);

  test("counts neither what others stopped nor what fails beside it", () => {
    const beside = states([
      container("web"),
      container("other", { state: "restarting", restarts: 9 }),
      data("orders.postgres", { state: "exited" }),
    ]);
    expect([isUp(beside), isUp(startedOnly(beside, [web])), isUp(startedOnly(beside, [other]))]).toEqual([false, true, false]);
    expect(isUp(startedOnly(states([container("web", { state: "exited" })]), [web]))).toBe(false);
    expect(isUp(startedOnly(states([data("orders.postgres")]), [web]))).toBe(false);
    expect(isUp(startedOnly(states([container("web"), data("orders.postgres", { state: "restarting" })]), [web]))).toBe(false);
  });

  test.each([
    ["since the emulator started", "2026-01-01T00:00:01Z", "2026-01-01T00:00:02Z", true],
    ["and the emulator was started again", "2026-01-01T00:00:03Z", "2026-01-01T00:00:02Z", false],
  ])("queues were made %s", (_, startedAt, finishedAt, expected) => {
    const resources = { state: "exited", restartsByItself: false, finishedAt } as const;
    expect(hasItsResources([data("aws.emulator", { startedAt }), data("aws.resources", resources)])).toBe(expected);
  });
});

describe("what is to be started", () => {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-local-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const healthy = { condition: "service_healthy" } as const;
  const done = { condition: "service_completed_successfully" } as const;
  const services: ComposeFile["services"] = {
    report: { image: "", profiles: ["jobs"], depends_on: { "report.network": { condition: "service_started" }, migration: done } },
    "report.network": { image: "", profiles: ["jobs"] },
    web: { image: "", depends_on: { "web.network": { condition: "service_started" } } },
    "web.network": { image: "" },
    migration: { image: "", depends_on: { "orders.postgres": healthy }, labels: { "fairlead.definition": "same" } },
    "orders.postgres": { image: "", volumes: [{ type: "volume", source: "orders", target: "/data" }] },
    "aws.load-balancer": { image: "" },
  };
  const report = { ...task("report", "scheduledJob"), before: [] };
  const local = {
    place: { project: "shop", folder },
    project: { root: folder, configFolder: folder },
    environment: { tasks: [report, task("web"), task("migration", "job")], calls: [], compose: { services } },
  } as unknown as OpenLocal;

  test("is all but scheduled jobs, or what is named with what it waits for", () => {
    expect(servicesFor(local, [])).toEqual(["web", "web.network", "migration", "orders.postgres", "aws.load-balancer"]);
    expect(servicesFor(local, ["web"])).toEqual(["web.network", "web", "aws.load-balancer"]);
    expect(needsOf(local, report).sort()).toEqual(["migration", "orders.postgres", "report.network"]);
  });

  const at = (second: number) => `2026-01-01T00:00:0${second}.5Z`;
  const database = data("orders.postgres");
  const migration = container("migration", { state: "exited", restartsByItself: false, definition: "same", finishedAt: at(3) });
  /** Whether the migration is started once more, beside a volume. */
  const isDue = async (containers: LocalContainer[], { volume = "orders", secrets = secretsDigest(local) } = {}) => {
    const written = containers.map(({ task = "", container: own = "", restartsByItself, ...told }) =>
      engineContainer({
        ...told,
        task,
        container: own,
        network: "",
        relay: "",
        restartPolicy: restartsByItself ? "always" : "no",
        health: "",
      }),
    );
    const answers: Record<string, string> = {
      ps: "1\n",
      "inspect --type": written.join(""),
      "volume ls": "shop_orders\n",
      "volume inspect": `${volume}\n`,
    };
    const answer = (words: readonly string[]) => answers[words[0]!] ?? answers[words.slice(0, 2).join(" ")]!;
    const call = (words: readonly string[]) => Promise.resolve({ status: 0, stdout: answer(words), stderr: "", timedOut: false });
    const engine = { call, must: async (_: string, words: readonly string[]) => (await call(words)).stdout };
    remember({ ...local.place, addresses: "", subnets: {}, ports: {} }, { jobs: { migration: secrets } });
    return (await notDone({ engine, call } as unknown as ComposeEngine, local, ["migration", "web"])).includes("migration");
  };

  test.each<[string, LocalContainer[], boolean]>([
    ["has ended well", [database, migration], false],
    ["has ended well, and its database's container is another", [{ ...database, id: "other", startedAt: at(9) }, migration], false],
    ["never ran", [database], true],
    ["failed", [database, { ...migration, exitCode: 1 }], true],
    ["still runs", [database, { ...migration, state: "running" }], true],
    ["is another one now", [database, { ...migration, definition: "of before" }], true],
    ["has another image now", [database, { ...migration, image: "of before" }], true],
  ])("a migration that %s", async (_, containers, expected) => expect(await isDue(containers)).toBe(expected));

  test.each([
    ["the data that it worked on are gone", { volume: "" }],
    ["its database has another volume", { volume: "orders.17" }],
    ["there are other secrets", { secrets: "of before" }],
  ])("a migration runs again where %s", async (_, now) => expect(await isDue([database, migration], now)).toBe(true));

  test("all is there where each runs, or has ended as it should", () => {
    const stopped = { ...database, state: "exited" } as const;
    expect(areThere(["migration", "orders.postgres"], [database, migration])).toBe(true);
    expect(areThere(["migration", "orders.postgres"], [stopped, migration])).toBe(false);
    expect(areThere(["migration", "orders.postgres"], [migration])).toBe(false);
    expect(areThere(["migration"], [{ ...migration, exitCode: 1 }])).toBe(false);
  });
});

describe("a name that nothing has", () => {
  test.each([
    ["Error: getaddrinfo ENOTFOUND db", "uses: [{ name: accounts }]", "ACCOUNTS_HOST"],
    ['getaddrinfo for host "postgres" port 5432: -2', "uses: [{ name: accounts }]", "ACCOUNTS_HOST"],
    ['could not translate host name "acounts" to address', "uses: [{ name: accounts }]", "ACCOUNTS_HOST"],
    ["dial tcp: lookup api on 127.0.0.11:53: no such host", "calls: [api]", "API_URL"],
    ["curl: (6) Could not resolve host: api.dev.internal", "calls: [api]", "API_URL"],
    ["Error: getaddrinfo EAI_AGAIN api.stripe.com", "whether the task may leave"],
    ["java.net.UnknownHostException: kafka", "`uses:` (data) or `calls:`", "variable"],
  ])("%s", (line, ...said) => {
    const { id, fix } = causeOfName("web", line)!;
    expect(id).toBe("unresolvable-name");
    for (const text of said) expect(fix).toContain(text);
  });

  test("of what the task uses already is in a variable that it has", () => {
    const { fix } = causeOfName("web", "Error: getaddrinfo ENOTFOUND db", { ACCOUNTS_HOST: "accounts.cluster" })!;
    expect(fix).toBe("Read ACCOUNTS_HOST (accounts): the task has this variable.");
  });

  test("says nothing of other lines", () => expect(causeOfName("web", "Error: connect ECONNREFUSED 127.0.0.1:5432")).toBeUndefined());
});
