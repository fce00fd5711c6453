import { fillDefaults } from "../src/defaults";
import { load, minimal, write } from "./folder";

test("defaults stand at the top, in maps that are there and in those by name, and nowhere in lists", () => {
  const written = {
    name: "api",
    containerPort: 80,
    scaling: { maxCapacity: 4 },
    sidecars: { agent: { image: "agent:1", containerHealthCheck: { command: ["/check"] } } },
    capacityProviderStrategy: [{ capacityProvider: "FARGATE" }],
  };
  const before = structuredClone(written);
  const { values, defaults } = fillDefaults(written);
  expect(written).toEqual(before);
  expect(values).toMatchObject({
    kind: "web-service",
    cpu: 256,
    deregistrationDelaySeconds: 30,
    scaling: { minCapacity: 2, maxCapacity: 4 },
    sidecars: { agent: { essential: true, containerHealthCheck: { timeoutSeconds: 5 } } },
    capacityProviderStrategy: [{ capacityProvider: "FARGATE" }],
  });
  expect(values).not.toHaveProperty("healthCheck");
  expect(defaults).toEqual(expect.arrayContaining(["cpu", "scaling/minCapacity", "sidecars/agent/containerHealthCheck/timeoutSeconds"]));
  expect(defaults.filter((path) => /maxCapacity|capacityProvider/.test(path))).toEqual([]);
});

test("a kind has the defaults of its own keys alone", () => {
  expect(fillDefaults({ name: "nightly", kind: "job" }).values).toMatchObject({ timeoutMinutes: 30 });
  expect(fillDefaults({ name: "nightly", kind: "job" }).values).not.toHaveProperty("deregistrationDelaySeconds");
  expect(fillDefaults({ name: "api" }).values).not.toHaveProperty("timeoutMinutes");
});

test("a spec has what every service has, and goes on without what a component has a default for", () => {
  write("api", `${minimal}scaling: {}\n`);
  const [spec] = load();
  expect(spec).toMatchObject({
    kind: "web-service",
    version: "0.0.0",
    cpu: 256,
    memoryMiB: 512,
    stopTimeoutSeconds: 30,
    enableExecuteCommand: false,
    healthCheck: { path: "/", intervalSeconds: 15, timeoutSeconds: 5 },
    scaling: {},
  });
  expect(spec!.build).toMatchObject({
    context: expect.stringMatching(/\/api$/),
    dockerfile: expect.stringMatching(/\/api\/Dockerfile$/),
  });
});
