import { definition, findingsOf, imported, importedService } from "./definition";

const manifestOf = (...parts: Parameters<typeof definition>) => importedService(...parts).manifest;

test("the container with a port is the service's own, others are beside it, under names of their own", () => {
  const { manifest } = importedService({ name: "app", dependsOn: [{ containerName: "shop", condition: "healthy" }] }, {}, [
    {
      name: "shop",
      image: "proxy:1",
      essential: false,
      healthCheck: { command: ["CMD", "check"] },
      dependsOn: [{ containerName: "app", condition: "START" }],
    },
  ]);
  expect(manifest).toMatchObject({
    image: "example.com/web:1",
    dependsOn: { "shop-2": "HEALTHY" },
    sidecars: { "shop-2": { image: "proxy:1", essential: false, dependsOn: { shop: "START" } } },
  });
});

test("a router of logs is Fairlead's own", () => {
  const { manifest, result } = importedService(
    {
      logConfiguration: { logDriver: "awsfirelens", options: { Name: "datadog", apikey: "0a1b2c3d4e5f60718293a4b5c6d7e8f9", site: "eu" } },
    },
    {},
    [
      {
        name: "log_router",
        image: "fluent-bit:1",
        firelensConfiguration: { type: "fluentbit", options: { "enable-ecs-log-metadata": "true" } },
      },
    ],
  );
  expect(manifest).toMatchObject({ logRouting: { options: { Name: "datadog", site: "eu" } } });
  expect(manifest.sidecars).toBeUndefined();
  expect(JSON.stringify(result)).not.toContain("0a1b2c3d4e5f");
});

test("who waits for a router of logs need not: it is Fairlead's own", () => {
  const dependsOn = [{ containerName: "log_router", condition: "START" }];
  const { manifest, result } = importedService({ dependsOn, logConfiguration: { logDriver: "awsfirelens", options: { Name: "x" } } }, {}, [
    { name: "log_router", image: "fluent-bit:1", firelensConfiguration: { type: "fluentbit" } },
  ]);
  expect(manifest.dependsOn).toBeUndefined();
  expect(findingsOf(result, "containerDefinitions[0].dependsOn")).toMatchObject([
    { outcome: "changed", to: "logRouting", was: "log_router: START" },
  ]);
});

test.each([
  ["none", undefined],
  ["that of nothing", { command: ["NONE"] }],
  ["one that was not taken over", { command: ["CMD", "check", "--token", "Zq8vXn2LpR7sTw4YbK1mJh5D"] }],
])("who waits for the health of a container waits for its start, where its check is %s", (_, healthCheck) => {
  const { manifest, result } = importedService({ dependsOn: [{ containerName: "proxy", condition: "HEALTHY" }] }, {}, [
    { name: "proxy", image: "proxy:1", healthCheck },
  ]);
  expect(manifest.dependsOn).toEqual({ proxy: "START" });
  expect(findingsOf(result, "containerDefinitions[0].dependsOn[0].condition")).toMatchObject([
    { outcome: "decide", was: "HEALTHY", now: "START" },
  ]);
});

test.each([
  ["that is not there", "other"],
  ["that it is itself", "web"],
])("who waits for a container %s is refused: FL2904", (_, containerName) => {
  const { problems } = imported({ "t.json": definition({ dependsOn: [{ containerName, condition: "START" }] }) });
  expect(problems).toMatchObject([{ code: "FL2904", expected: expect.stringContaining("another container") as string }]);
});

test("a check ends before the next one begins, also by our own defaults", () => {
  expect(manifestOf({ healthCheck: { command: ["CMD", "x"], interval: 15, timeout: 15 } }).containerHealthCheck).toMatchObject({
    timeoutSeconds: 14,
  });
  expect(manifestOf({ healthCheck: { command: ["CMD", "x"], interval: 5 } }).containerHealthCheck).toMatchObject({ timeoutSeconds: 4 });
});

test("an empty user is the image's own", () => {
  const { manifest, result } = importedService({ user: "" });
  expect(manifest.user).toBe("image");
  expect(findingsOf(result, "containerDefinitions[0].user")).toMatchObject([{ outcome: "ignored" }]);
});

test.each<[string, string | undefined, string]>([
  ["/srv", "/srv", "exact"],
  ["srv", undefined, "decide"],
  ["", undefined, "ignored"],
])('the folder "%s" that a program starts in', (workingDirectory, expected, outcome) => {
  const { manifest, result } = importedService({ workingDirectory });
  expect(manifest.workingDirectory).toBe(expected);
  expect(findingsOf(result, "containerDefinitions[0].workingDirectory")).toMatchObject([{ outcome }]);
});
