import { containerDefinitionsJson, type ContainerDefinition } from "../src/task/containerDefinitions";
import { withImageHealthChecks } from "../src/task/imageHealthChecks";

const container = (name: string, healthCheck?: { command: string[] }): ContainerDefinition => ({
  ...{ name, image: "example.test/x@sha256:0", environment: {}, secrets: {}, mounts: [], args: { healthCheck } },
});
const found = {
  command: ["CMD", "/app", "--check"],
  ...{ intervalSeconds: 31, timeoutSeconds: 30, retries: 3, startPeriodSeconds: 0 },
};
const checks = (...[containers, own, healthChecks]: Parameters<typeof withImageHealthChecks>) => {
  const json = containerDefinitionsJson(withImageHealthChecks(containers, own, healthChecks), {
    ...{ logGroupName: "/x", region: "us-east-1", networkMode: "awsvpc" },
  });
  return (JSON.parse(json) as { healthCheck?: object }[]).map(({ healthCheck }) => healthCheck);
};

test("a container has the HEALTHCHECK of its Dockerfile, as ECS states it", () => {
  expect(checks([container("api")], ["api"], { api: found })).toEqual([
    { command: found.command, interval: 31, retries: 3, startPeriod: 0, timeout: 30 },
  ]);
});

test("a check of the manifest's comes first, NONE is none, and a sidecar's image is not asked", () => {
  const own = container("own", { command: ["CMD", "/mine"] });
  const none = container("none", { command: ["NONE"] });
  expect(checks([own, none, container("sidecar")], ["own", "none"], { own: found, none: found, sidecar: found })).toEqual([
    expect.objectContaining({ command: ["CMD", "/mine"] }),
    undefined,
    undefined,
  ]);
});

test.each([undefined, "${urn:…#healthChecks}", {}])("where nobody read a health check there is none: %s", (healthChecks) => {
  expect(checks([container("api")], ["api"], healthChecks)).toEqual([undefined]);
});
