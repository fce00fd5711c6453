import { reachedAt } from "../src";

const sidecars = { proxy: { containerPort: 8443 }, agent: {} };

test.each([
  ["its own container", { name: "shop", containerPort: 3000, sidecars }, { containerName: "shop", containerPort: 3000 }],
  ["its own by its name", { name: "shop", containerPort: 3000, targetContainer: "shop" }, { containerName: "shop", containerPort: 3000 }],
  [
    "the sidecar",
    { name: "shop", containerPort: 3000, targetContainer: "proxy", sidecars },
    { containerName: "proxy", containerPort: 8443 },
  ],
  ["nothing, where the sidecar doesn't listen", { name: "shop", containerPort: 3000, targetContainer: "agent", sidecars }, undefined],
  ["nothing, where nothing listens", { name: "worker" }, undefined],
])("a service is reached at %s", (_, service, expected) => {
  expect(reachedAt(service)).toEqual(expected);
});
