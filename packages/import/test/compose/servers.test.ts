import { filesOf } from "../../src";
import { findingsOf, type imported, importedService } from "./project";

const dataText = (result: ReturnType<typeof imported>) => filesOf(result).get("stacks/data.ts");

test("a database that has no kind here runs as it did: one task, with its files", () => {
  const { result, manifest } = importedService("image: mysql:8\nvolumes: ['data:/var/lib/mysql']");
  expect(findingsOf(result, "image")).toContainEqual(
    expect.objectContaining({ outcome: "changed", text: expect.stringContaining("as it was") as string }),
  );
  expect(manifest).toMatchObject({
    kind: "backend-service",
    containerPort: 3306,
    uses: [{ name: "data", containerPath: "/var/lib/mysql" }],
    deployment: { minimumHealthyPercent: 0, maximumPercent: 100 },
  });
  expect(dataText(result)).toContain("data: fileSystem({ enforceUserIdentity: false, sharedFolder: true })");
});

test("a volume that its image declares, and that nobody named, is kept as well", () => {
  const { result, manifest } = importedService("image: mongo:7");
  expect(manifest.uses).toEqual([{ name: "api-files", containerPath: "/data/db" }]);
  expect(dataText(result)).toContain('"api-files": fileSystem(');
  expect(importedService("image: mongo:7\nvolumes: ['data:/data']").manifest.uses).toEqual([{ name: "data", containerPath: "/data" }]);
});

test("a broker finds its files again: they lie below the name of its node", () => {
  expect(importedService("image: rabbitmq:4").manifest).toMatchObject({
    environment: { RABBITMQ_NODENAME: "rabbit@localhost" },
    uses: [{ name: "api-files", containerPath: "/var/lib/rabbitmq" }],
  });
  expect(importedService("image: rabbitmq:4\nenvironment: { RABBITMQ_NODENAME: a@b }").manifest.environment).toEqual({
    RABBITMQ_NODENAME: "a@b",
  });
});

test("what keeps nothing, or kept it in its container alone, is said to be no kind; a volume that does not go with EFS is to be decided", () => {
  expect(findingsOf(importedService("image: memcached:1").result, "image")).toContainEqual(
    expect.objectContaining({ outcome: "changed", to: "image" }),
  );
  const kafka = importedService("image: apache/kafka:4");
  expect(kafka.manifest.uses).toBeUndefined();
  expect(findingsOf(kafka.result, "image")).toContainEqual(
    expect.objectContaining({ outcome: "changed", text: expect.stringContaining("gone with each task") as string }),
  );
  const kept = importedService("image: apache/kafka:4\nvolumes: ['data:/var/lib/kafka/data']");
  expect(findingsOf(kept.result, "image")).toContainEqual(expect.objectContaining({ outcome: "decide", to: "image" }));
});

test.each([
  [
    "a variable",
    "environment: { KAFKA_ADVERTISED_LISTENERS: 'IN://api:9092,OUT://localhost:29092' }",
    "environment.KAFKA_ADVERTISED_LISTENERS",
    "IN://api.shop.internal:9092,OUT://api.shop.internal:29092",
  ],
  [
    "a word of the command",
    "command: [start, --advertise-kafka-addr, 'in://api:9092', --advertise-rpc-addr=api:33145, --rpc-addr, 'localhost:1']",
    "command",
    '["start","--advertise-kafka-addr","in://api.shop.internal:9092","--advertise-rpc-addr=api.shop.internal:33145","--rpc-addr","localhost:1"]',
  ],
])("a broker's clients are told its name in DNS, by %s", (_, rest, key, expected) => {
  const { result, manifest } = importedService(`image: apache/kafka:4\n${rest}`);
  expect(JSON.stringify(manifest)).toContain(expected);
  expect(findingsOf(result, key)).toContainEqual(expect.objectContaining({ outcome: "changed" }));
});

test("a broker listens where others name it, and at its usual port where they name that as well", () => {
  const portWith = (addresses: string) =>
    importedService("image: apache/kafka:4", {}, `back: { image: 'b:1', environment: { BROKERS: '${addresses}' } }\n`).manifest
      .containerPort;
  expect([portWith("api:29092"), portWith("api:29092,api:9092"), portWith("elsewhere:1")]).toEqual([29092, 9092, 9092]);
});

test("an address that the service itself binds to is none of this machine's", () => {
  const { result } = importedService("ports: ['8080:8080']\nenvironment: { LISTEN: 'http://0.0.0.0:8080' }");
  expect(findingsOf(result, "environment.LISTEN")).toMatchObject([{ outcome: "exact" }]);
});

const dockerfile = [
  "# syntax=docker/dockerfile:1",
  "FROM node:22 AS base",
  "RUN a",
  "FROM base AS Server",
  "CMD b",
  "FROM base",
  "CMD c",
  "",
].join("\n");

test.each<[what: string, build: string, rest: string, expected: string]>([
  ["the end of the last stage", "build: ./api", "stop_signal: SIGINT", "CMD b\nFROM base\nCMD c\nSTOPSIGNAL SIGINT\n"],
  [
    "the end of the stage that is built",
    "build: { context: ./api, target: server }",
    "stop_signal: SIGQUIT",
    "CMD b\nSTOPSIGNAL SIGQUIT\nFROM base\nCMD c\n",
  ],
  ["the end, with a file", "build: ./api", "volumes: ['./api/a.conf:/etc/a.conf:ro']", 'CMD c\nCOPY ["a.conf","/etc/a.conf"]\n'],
  ["the end, with a folder", "build: ./api", "volumes: ['./api/conf:/etc/conf']", 'CMD c\nCOPY ["conf/","/etc/conf/"]\n'],
])("a Dockerfile gets what the file sets besides, at %s", (_, build, rest, expected) => {
  const { result, manifest } = importedService(`${build}\n${rest}`, {
    "api/Dockerfile": dockerfile,
    "api/a.conf": "a\n",
    "api/conf/b.conf": "b\n",
  });
  expect(result.problems).toEqual([]);
  const written = filesOf(result).get("apps/api/Dockerfile")!;
  expect(written).toMatch(
    /^# syntax=docker\/dockerfile:1\n# api\/Dockerfile, with what compose\.yaml set besides\.\nFROM node:22 AS base\n/,
  );
  expect(written.endsWith(expected)).toBe(true);
  expect(manifest.build).toEqual({ context: "../../api", ...(build.includes("target") && { target: "server" }) });
  expect(result.findings.filter(({ outcome }) => outcome === "decide")).toEqual([]);
});

test.each([
  [".dockerignore names it", { "api/.dockerignore": "/a.conf\n" }, "./api/a.conf"],
  [".dockerignore may name it", { "api/.dockerignore": "*\n!src\n" }, "./api/a.conf"],
  ["it is outside of what is built", { "b.conf": "b\n" }, "./b.conf"],
])("a file that the build has not is to be decided: %s", (_, files, source) => {
  const { result } = importedService(`build: ./api\nvolumes: ['${source}:/etc/a.conf']`, {
    "api/Dockerfile": dockerfile,
    "api/a.conf": "a\n",
    ...files,
  });
  expect(findingsOf(result, "volumes[0]")).toMatchObject([{ outcome: "decide" }]);
  expect(filesOf(result).has("apps/api/Dockerfile")).toBe(false);
});

test("memory with swap that is no more than the memory is no swap", () => {
  expect(findingsOf(importedService("mem_limit: 512m\nmemswap_limit: 512m").result, "memswap_limit")).toMatchObject([{ outcome: "exact" }]);
  expect(findingsOf(importedService("mem_limit: 512m\nmemswap_limit: 1g").result, "memswap_limit")).toMatchObject([{ outcome: "dropped" }]);
});
