import { manifestIn } from "@fairlead/manifest";
import { parse, stringify } from "yaml";

import { importedService, findingsOf } from "./application";
import { examples } from "./examples";

const web = "Load Balanced Web Service";
const names = ["test", "prod"];

test("an environment's part says what differs, and its place is that of the override", () => {
  const { result, base, environments } = importedService(
    web,
    "cpu: 256\nvariables: { A: a, B: b }\nenvironments:\n  prod:\n    cpu: 1024\n    memory: 2048\n    variables: { B: c }",
  );
  expect(base).toMatchObject({ environment: { A: "a", B: "b" } });
  expect(environments).toEqual({ prod: { cpu: 1024, memoryMiB: 2048, environment: { B: "c" } } });
  expect(findingsOf(result, "environments.prod.cpu")).toEqual([
    expect.objectContaining({ outcome: "exact", environments: ["prod"], place: expect.objectContaining({ line: 10 }) as unknown }),
  ]);
});

test.each([
  ["a number for a range", "count: { range: 1-5, cpu_percentage: 50 }", "count: 2", { desiredCount: 2 }],
  [
    "a range for a number",
    "count: 2",
    "count: { range: 1-5, cpu_percentage: 50 }",
    { scaling: { minCapacity: 1, maxCapacity: 5, cpuPercent: 50, memoryPercent: false } },
  ],
  [
    "Spot for a range",
    "count: { range: 1-5, cpu_percentage: 50 }",
    "count: { spot: 4 }",
    { desiredCount: 4, capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT" }] },
  ],
  [
    "a range as a map for one as a text",
    "count: { range: 1-5, cpu_percentage: 50 }",
    "count: { range: { min: 2, max: 3 } }",
    { scaling: { minCapacity: 2, maxCapacity: 3, cpuPercent: 50, memoryPercent: false } },
  ],
  [
    "a range for Spot",
    "count: { spot: 4 }",
    "count: { range: 1-5, cpu_percentage: 50 }",
    { desiredCount: undefined, capacityProviderStrategy: undefined },
  ],
  ["an image for a build", "image: { build: api/Dockerfile }", "image: { location: 'nginx:1' }", { build: undefined }],
  [
    "a network's file system for a managed one",
    "storage: { volumes: { x: { path: /x, efs: { uid: 1, gid: 1 } } } }",
    "storage: { volumes: { x: { efs: { id: fs-1 } } } }",
    { uses: undefined },
  ],
  ["no load balancer for one", "http: { path: / }", "http: false", { routes: undefined }],
  [
    "a check as a map for one as a text, whose path is lost",
    "http: { path: /, healthcheck: /x }",
    "http: { healthcheck: { interval: 20s } }",
    { healthCheck: { intervalSeconds: 20 } },
  ],
  ["nothing for something, which changes nothing", "cpu: 512", "cpu:", { cpu: 512 }],
  ["a list for a list", "command: [a, b]", "command: [c]", { command: ["c"] }],
  ["a secret of another form", "secrets: { A: /x }", "secrets: { A: { secretsmanager: y } }", { secrets: { A: { secretsManager: "y" } } }],
  [
    "a secret's key, whose secret has another name",
    "secrets: { A: { secretsmanager: 'x:k' } }",
    "secrets: { A: { secretsmanager: 'y:k' } }",
    { secrets: { A: { secretsManager: "y", jsonKey: "k" } } },
  ],
])("%s", (_, base, override, expected) => {
  const { result, service } = importedService(web, `${base}\nenvironments:\n  prod:\n    ${override}`);
  expect(result.problems).toEqual([]);
  const merged = inEnvironment(service!.layers, "prod");
  for (const [key, value] of Object.entries(expected)) expect({ [key]: merged[key] }).toEqual({ [key]: value });
});

test("what the schema asks of an override as well is said again: a check's command, a sidecar's image", () => {
  const { environments } = importedService(
    web,
    "image: { build: api/Dockerfile, port: 8080, healthcheck: { command: [CMD, x] } }\nsidecars: { envoy: { image: 'envoy:1', port: 9000 } }\nenvironments:\n  prod: { image: { healthcheck: { retries: 5 } }, sidecars: { envoy: { port: 9001 } } }",
  );
  expect(environments.prod).toEqual({
    containerHealthCheck: { command: ["CMD", "x"], retries: 5 },
    sidecars: { envoy: { image: "envoy:1", containerPort: 9001 } },
  });
});

test("the environment's name in a value makes it the environments', not the base's", () => {
  const { base, environments } = importedService(
    web,
    "variables: { A: 'x-${COPILOT_ENVIRONMENT_NAME}', B: b }\nenvironments: { prod: { cpu: 512 } }",
  );
  expect(base.environment).toEqual({ B: "b" });
  expect(environments.test).toEqual({ environment: { A: "x-test" } });
  expect(environments.prod).toEqual({ cpu: 512, environment: { A: "x-prod" } });
});

/** What our rules of merging make of what was written. */
function inEnvironment({ base, environments }: { base: object; environments: object }, name: string): Record<string, unknown> {
  return manifestIn({ value: { ...base, environments } }, name).value as Record<string, unknown>;
}

/** Numbers that are the same in every run. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield state / 2147483648;
  }
}

const parts = Object.entries(examples).flatMap(([path, { value, beside }]) => {
  if (
    !/^[a-z_.*\[\]A-Z]+$/.test(path) ||
    /taskdef|files|^http\.private|^tags|^publish$|^network$|location|^observability$|^deployment$/.test(path)
  )
    return [];
  const keys = path.replaceAll("[]", ".[]").split(".");
  return [
    {
      part: keys.reduceRight<unknown>((inner, key) => (key === "[]" ? [inner] : { [key === "*" ? "MINE" : key]: inner }), parse(value)),
      beside: parse(beside ?? "{}") as unknown,
    },
  ];
});

function merged(a: unknown, b: unknown): unknown {
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object" || Array.isArray(a) || Array.isArray(b)) return b;
  const all: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) all[key] = key in all ? merged(all[key], value) : value;
  return all;
}

test("what is written gives again what Copilot's merged manifest is, for 100 random manifests", () => {
  const random = numbers(7);
  const pick = (count: number) =>
    Array.from({ length: count }, () => parts[Math.floor(random.next().value * parts.length)]!).reduce<unknown>(
      (all, { part, beside }) => merged(merged(all, beside), part),
      {},
    ) as Record<string, unknown>;
  let compared = 0;
  for (let round = 0; round < 100; round++) {
    const base = pick(6);
    const image = { ...(base.image as object | undefined), port: 8080, build: "api/Dockerfile" };
    const rest = stringify({ ...base, image, environments: { test: pick(3), prod: pick(4) } });
    const { service, translations } = withTranslations(rest);
    for (const name of names) {
      expect({ rest, name, manifest: inEnvironment(service.layers, name) }).toEqual({ rest, name, manifest: translations[name] });
      compared++;
    }
  }
  expect(compared).toBe(200);
});

/** A service as it is written, beside what it is in each environment by Copilot's merged manifest. */
function withTranslations(rest: string) {
  const { service, result } = importedService(web, rest, {}, { lenient: true });
  return { service: service!, translations: Object.fromEntries(result.merged.get("api")!) };
}
