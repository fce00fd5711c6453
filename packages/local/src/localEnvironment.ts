import { UserError } from "@fairlead/model";
import type { Plan } from "@fairlead/plan";

import type { ComposeFile, ComposePart } from "./compose/model";
import { networkHolder, ownNetwork } from "./compose/names";
import { LocalNetworks } from "./compose/networks";
import { taskServices } from "./compose/taskServices";
import { withDefinition } from "./compose/upkeep";
import { tasksOf, type Apart } from "./deployed/apart";
import { relays } from "./deployed/relay";
import { bindableData, type Bindable } from "./data/bindable";
import { localData, serverGroups } from "./data/localData";
import type { ServerCertificate } from "./data/tls";
import { loadBalancerPart } from "./proxy/loadBalancer";
import { localListeners } from "./proxy/listeners";
import { addressesIn, urlsIn } from "./proxy/urls";
import type { LocalSettings } from "./settings";
import type { Task } from "./task/task";
import { LocalValues } from "./values/resolve";
import { LocalSecrets, type NeededSecret } from "./values/secrets";

/** An environment of one machine. */
export interface LocalEnvironment {
  compose: ComposeFile;
  /** Certificates whose files must be there before anything starts: `ensureCertificates`. */
  certificates: ServerCertificate[];
  tasks: Task[];
  /** Secrets that a person has to fill in. */
  neededSecrets: NeededSecret[];
  /** Which task may open connections to which. */
  calls: { caller: string; callee: string }[];
  /** What services can bind to with `uses:`. */
  bindable: Bindable[];
  /** Where the load balancer has a service, with the machine's port; undefined where it sends it nothing. */
  urlOf: (task: string) => string | undefined;
  /** What is otherwise than on AWS, a sentence each. */
  notes: string[];
}

/**
 * What a plan is on one machine.
 *
 * @param apart where only a part of it runs there. All of it does by default.
 */
export function localEnvironment(plan: Plan, settings: LocalSettings, apart?: Apart): LocalEnvironment {
  const { here: tasks, elsewhere } = tasksOf(plan, apart);
  const networks = new LocalNetworks(plan, tasks, serverGroups(plan), settings, {
    elsewhere,
    hasWayToMachine: apart !== undefined && leadsToMachine(apart),
  });
  const { data, certificates, volumeOf, notes } = localData(plan, {
    settings,
    networksFor: (groups, aliases) => networks.networksFor(groups, aliases),
    networksOfEndpoint: (isUser) => networks.networksOfEndpoint(isUser),
  });
  const listeners = localListeners(plan);
  const values = new LocalValues(data, imagesOf(plan), addressesIn(listeners, settings.ports));
  const secrets = new LocalSecrets(data, tasks);
  const gatesOf = (task: Task) => tasks.filter(({ before }) => before.includes(task.name));
  const parts = [
    ...tasks.map((task) => taskServices(task, { settings, networks, values, secrets, data, gatesOf, volumeOf })),
    ...data.map(({ part }) => part).filter((part) => !apart || isReached(part)),
    ...(apart ? relays(elsewhere, apart, networks, settings) : []),
    loadBalancerPart(plan, settings, networks.ofLoadBalancer(), targetsOf(tasks)),
    { networks: networks.definitions() },
  ];
  return {
    compose: merged(settings.project, parts),
    certificates,
    tasks,
    neededSecrets: secrets.needed,
    calls: networks.calls(),
    bindable: bindableData(plan),
    urlOf: urlsIn(listeners, settings.ports),
    notes: [...notes, ...[...values.unknown].map((key) => `${key.split("::").at(-1)} is known to AWS alone.`)],
  };
}

const leadsToMachine = ({ deployed }: Apart) => deployed.some(({ ports }) => ports.some(({ tunnel }) => "hostPort" in tunnel));

/** Whether a task that runs here reaches what stands for data. */
function isReached({ services = {} }: ComposePart): boolean {
  const networks = Object.values(services).map((service) => service.networks ?? {});
  return networks.length === 0 || networks.some((each) => Object.keys(each).length > 0);
}

/** Images that a stack pins by their digest at its first `up`. */
function imagesOf({ resources }: Plan): Record<string, string> {
  return Object.fromEntries(
    resources
      .filter(({ type }) => type === "pulumi-nodejs:dynamic/fairlead:PinnedImage")
      .map(({ urn, inputs }) => [`${urn}#reference`, String(inputs.image)]),
  );
}

/** Where the load balancer finds a target group's only target. */
function targetsOf(tasks: readonly Task[]): (targetGroup: string) => { network: string; host: string; port: number } | undefined {
  const targets = new Map(
    tasks.flatMap(({ name, registrations }) =>
      registrations.map(({ targetGroup, port }) => [targetGroup, { network: ownNetwork(name), host: networkHolder(name), port }] as const),
    ),
  );
  return (targetGroup) => targets.get(targetGroup);
}

const kinds = ["services", "networks", "volumes", "configs", "secrets"] as const;

function merged(name: string, parts: readonly ComposePart[]): ComposeFile {
  const file: ComposeFile = { name, services: {}, networks: {}, volumes: {}, configs: {}, secrets: {} };
  for (const part of parts)
    for (const kind of kinds)
      for (const [key, value] of Object.entries(part[kind] ?? {})) {
        const all: Record<string, unknown> = file[kind];
        if (key in all) throw new UserError(`Two parts of the environment are called ${key}: rename the service, job, volume or resource.`);
        all[key] = value;
      }
  file.services = Object.fromEntries(Object.entries(file.services).map(([key, service]) => [key, withDefinition(service)]));
  return file;
}
