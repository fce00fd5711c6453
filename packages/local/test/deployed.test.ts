import { resource } from "@fairlead/plan/testing/resources";

import { calledPorts, type Apart, type TunnelOnMachine } from "../src/deployed/apart";
import { localEnvironment } from "../src/localEnvironment";
import { groupOf, output, planOf, serviceOf, settings } from "../testing/tasksPlan";

const registry = resource("aws:servicediscovery/service:Service", "api", {
  name: "api",
  namespaceId: output("aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace", "main", "id"),
});
const namespace = resource("aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace", "main", { name: "dev.internal" });
const portMappings = [
  { containerPort: 3000, name: "http" },
  { containerPort: 9000, name: "admin" },
  { containerPort: 514, protocol: "udp" },
];
const serviceConnectConfiguration = { enabled: true, services: [{ portName: "admin", clientAlias: [{ dnsName: "admin", port: 80 }] }] };
const apiService = {
  serviceConnectConfiguration,
  serviceRegistries: { registryArn: output("aws:servicediscovery/service:Service", "api", "arn") },
};

/** `web` and `old` call api, `other` calls nobody. */
const plan = planOf(
  namespace,
  registry,
  ...serviceOf("api", { ingress: [groupOf("web"), groupOf("old")], container: { portMappings }, service: apiService }),
  ...serviceOf("web", { service: { serviceConnectConfiguration: { enabled: true } } }),
  ...serviceOf("old"),
  ...serviceOf("other"),
);

function environment(started: string[], tunnel: (port: number) => TunnelOnMachine = (port) => ({ folder: `/tunnels/${port}` })) {
  const ports = [80, 3000, 9000].map((port) => ({ port, tunnel: tunnel(port) }));
  const apart: Apart = { started, deployed: [{ name: "api", ports }] };
  return localEnvironment(plan, settings, apart);
}

test("a service that runs elsewhere has its names on the networks of its callers, and nothing else has", () => {
  const { compose, tasks } = environment(["web", "old", "other"]);
  expect(tasks.map(({ name }) => name)).toEqual(["old", "other", "web"]);
  expect(Object.keys(compose.services).sort()).toEqual([
    "api.deployed",
    "old",
    "old.network",
    "other",
    "other.network",
    "web",
    "web.network",
  ]);
  expect(compose.services["api.deployed"]!.networks).toEqual({
    web_to_api: { aliases: ["api.dev.internal", "admin"] },
    old_to_api: { aliases: ["api.dev.internal"] },
  });
  expect(compose.networks).toMatchObject({ web_to_api: { internal: true }, old_to_api: { internal: true } });
  expect(Object.keys(compose.networks).sort()).toEqual(["old", "old_to_api", "other", "web", "web_to_api"]);
  expect(compose.services["web.network"]!.networks).toEqual({ web: {}, web_to_api: {} });
  expect(compose.services["other.network"]!.networks).toEqual({ other: {} });
});

test("who calls it but doesn't run here has no network with it", () => {
  const { compose } = environment(["web"]);
  expect(Object.keys(compose.networks).sort()).toEqual(["web", "web_to_api"]);
});

test("it hands connections on to Unix sockets, without a port or a way of its own", () => {
  const { ports, volumes, extra_hosts, network_mode } = environment(["web"]).compose.services["api.deployed"]!;
  expect({ ports, extra_hosts, network_mode }).toEqual({});
  expect(volumes).toEqual(
    [80, 3000, 9000].map((port) => ({ type: "bind", source: `/tunnels/${port}`, target: `/tunnels/${port}`, read_only: true })),
  );
  const text = environment(["web"]).compose.configs["api.deployed"]!.content!;
  expect(text).toContain("  mode tcp\n");
  for (const port of [80, 3000, 9000]) expect(text).toContain(`  bind :${port}\n  server tunnel unix@/tunnels/${port}/socket\n`);
});

test("where the engine runs in a virtual machine, it finds the machine, by a network that it has alone", () => {
  const { compose } = environment(["web"], (port) => ({ hostPort: 40_000 + port }));
  const { networks, extra_hosts, volumes } = compose.services["api.deployed"]!;
  expect(volumes).toBeUndefined();
  expect(extra_hosts).toEqual(["host.docker.internal=host-gateway"]);
  expect(networks).toEqual({ web_to_api: { aliases: ["api.dev.internal", "admin"] }, "tunnels.machine": {} });
  const others = Object.entries(compose.services).filter(([, service]) => service.networks && "tunnels.machine" in service.networks);
  expect(others.map(([name]) => name)).toEqual(["api.deployed"]);
  expect(compose.configs["api.deployed"]!.content).toContain("server tunnel host.docker.internal:43000\n");
});

test("it is called on its containers' ports, and on those of Service Connect, which lead to the port that they name", () => {
  const api = localEnvironment(plan, settings).tasks.find(({ name }) => name === "api")!;
  expect(calledPorts(api)).toEqual([
    { port: 80, containerPort: 9000 },
    { port: 3000, containerPort: 3000 },
    { port: 9000, containerPort: 9000 },
  ]);
});
