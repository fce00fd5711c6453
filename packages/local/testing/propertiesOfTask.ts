import type { Plan, PlanResource } from "@fairlead/plan";
import { referencesIn } from "@fairlead/plan";

import type { ComposeService } from "../src/compose/model";
import type { Inspected, InspectView, Readings } from "./propertyViews";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const named = ({ resources }: Plan, type: string, name: string) => resources.find((each) => each.type === type && each.name === name)!;
const nameOf = ({ resources }: Plan, value: unknown) => resources.find(({ urn }) => urn === referencesIn(value)[0]?.urn)?.name;
const at = (time: string) => new Date(time).getTime();

/** What a container of the plan's had come to when another began, as far as its state tells. */
function conditionOf({ container, all }: InspectView, name: string, condition: string): string {
  const { State } = all[name]!;
  const began = at(container.State.StartedAt);
  const isAfter = {
    START: at(State.StartedAt) <= began,
    SUCCESS: State.ExitCode === 0 && at(State.FinishedAt) <= began,
    COMPLETE: at(State.FinishedAt) <= began,
    HEALTHY: (State.Health?.Log ?? []).some(({ ExitCode, End }) => ExitCode === 0 && at(End) <= began),
  }[condition];
  return isAfter ? condition : `not ${condition}`;
}

const conditions: Record<string, string> = {
  service_started: "START",
  service_healthy: "HEALTHY",
  service_completed_successfully: "SUCCESS",
};

/** Of a container that waits for another of its task. @param service Compose's name for the other */
export const dependsOn = (containerName: string, service: string, condition: "START" | "SUCCESS" | "HEALTHY"): Readings => ({
  is: condition,
  plan: ({ container }) => container.dependsOn?.find((each) => each.containerName === containerName)?.condition,
  compose: ({ container }) => conditions[container.depends_on![service]!.condition],
  inspect: (view) => conditionOf(view, service, condition),
});

/** Of the container `shop`: whom it waits for outside of its task, and who finds it. */
export const networkOfShop: Record<string, Readings> = {
  "before, of a job": {
    is: "SUCCESS",
    plan: ({ plan }) =>
      (named(plan, "fairlead:stacks:Service", "migration").inputs.spec as { before: string[] }).before.includes("shop") && "SUCCESS",
    compose: ({ container }) => conditions[container.depends_on!.migration!.condition],
    inspect: (view) => conditionOf(view, "migration", "SUCCESS"),
  },
  "networkMode awsvpc": {
    is: ["init", "helper", "agent", "shop"].sort(),
    plan: ({ definition }) =>
      definition.networkMode === "awsvpc" &&
      (JSON.parse(String(definition.containerDefinitions)) as { name: string }[]).map(({ name }) => name).sort(),
    compose: ({ file }) => containersOf(file.services, ({ network_mode }) => network_mode === "service:shop.network"),
    inspect: ({ all, holder }) => containersOf(all, ({ HostConfig }) => HostConfig.NetworkMode === `container:${holder.Id}`),
  },
  pidMode: {
    is: "task",
    plan: ({ definition }) => definition.pidMode,
    compose: ({ container }) => container.pid === "service:shop.network" && "task",
    inspect: ({ container, holder }) => container.HostConfig.PidMode === `container:${holder.Id}` && "task",
  },
  "serviceRegistries: its name, for its callers alone": {
    is: { web_to_shop: ["shop.dev.internal"] },
    plan: ({ plan }) => ({
      [`${callersOf(plan).join()}_to_shop`]: [`shop.${String(named(plan, namespaceType, "dev.internal").inputs.name)}`],
    }),
    compose: ({ holder }) =>
      Object.fromEntries(Object.entries(holder.networks!).flatMap(([name, { aliases }]) => (aliases ? [[name, aliases]] : []))),
    inspect: ({ holder }) => {
      const own = Object.entries(holder.NetworkSettings.Networks).map(
        ([name, { Aliases }]) => [name.replace("properties_", ""), (Aliases ?? []).filter((alias) => alias.endsWith(".internal"))] as const,
      );
      return Object.fromEntries(own.filter(([, aliases]) => aliases.length > 0));
    },
  },
  "securityGroups: who is on a network with it": {
    is: ["web"],
    plan: ({ plan }) => callersOf(plan),
    compose: ({ file, holder }) => {
      const own = Object.keys(holder.networks!);
      const isNear = ({ networks }: ComposeService) => Object.keys(networks ?? {}).some((name) => own.includes(name));
      return holdersOf(file.services, isNear);
    },
    inspect: ({ all, holder }) => {
      const own = Object.keys(holder.NetworkSettings.Networks);
      return holdersOf(all, ({ NetworkSettings }) => Object.keys(NetworkSettings.Networks).some((name) => own.includes(name)));
    },
  },
  "portMappings: no port of the machine's": {
    is: [],
    // With `awsvpc` a task has addresses of its own.
    plan: ({ definition, container }) =>
      (container.portMappings ?? []).filter(
        ({ containerPort, hostPort }) => definition.networkMode !== "awsvpc" || hostPort !== containerPort,
      ),
    compose: ({ container, holder }) => [...(container.ports ?? []), ...(holder.ports ?? [])],
    inspect: ({ container, holder }) => [container, holder].flatMap(({ HostConfig }) => Object.keys(HostConfig.PortBindings ?? {})),
  },
  "systemControls of the network": {
    is: { "net.core.somaxconn": "777" },
    plan: ({ container }) => Object.fromEntries(container.systemControls!.map(({ namespace, value }) => [namespace, value])),
    compose: ({ holder }) => holder.sysctls,
    inspect: ({ holder }) => holder.HostConfig.Sysctls,
  },
  runtimePlatform: {
    is: process.arch === "arm64" ? "linux/arm64" : "linux/amd64",
    plan: ({ definition }) => {
      const { cpuArchitecture } = definition.runtimePlatform as { cpuArchitecture: string };
      return `linux/${cpuArchitecture === "ARM64" ? "arm64" : "amd64"}`;
    },
    compose: ({ container }) => container.platform,
    inspect: ({ container }) => container.platform,
  },
  "essential: true": {
    is: "unless-stopped",
    plan: ({ container }) => container.essential === true && "unless-stopped",
    compose: ({ container }) => container.restart,
    inspect: ({ container }) => container.HostConfig.RestartPolicy.Name,
  },
  logConfiguration: {
    is: "Docker's own",
    plan: ({ container }) => container.logConfiguration && "Docker's own",
    compose: ({ container }) => container.logging?.driver === "json-file" && "Docker's own",
    inspect: ({ container }) => container.HostConfig.LogConfig.Type === "json-file" && "Docker's own",
  },
};

const namespaceType = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace";

function callersOf(plan: Plan): string[] {
  const { ingress } = named(plan, groupType, "shop").inputs as PlanResource["inputs"] & { ingress: { securityGroups: unknown[] }[] };
  return ingress.flatMap(({ securityGroups }) => securityGroups.map((group) => nameOf(plan, group)!));
}

const containersOf = <T extends ComposeService | Inspected>(all: Readonly<Record<string, T>>, test: (one: T) => boolean) =>
  Object.entries(all)
    .flatMap(([name, one]) => (test(one) ? name.replace("shop.", "") : []))
    .sort();

/** Tasks other than `shop` whose networks pass. */
const holdersOf = <T extends ComposeService | Inspected>(all: Readonly<Record<string, T>>, test: (one: T) => boolean) =>
  Object.entries(all)
    .flatMap(([name, one]) => (name.endsWith(".network") && name !== "shop.network" && test(one) ? name.replace(".network", "") : []))
    .sort();
