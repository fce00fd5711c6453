import type { Service } from "@aws-sdk/client-ecs";

import { Sight } from "../asking/sight";
import type { OperatedStack } from "../operatedStack";
import { chosenServices } from "../stack/chosenServices";
import type { ServiceInAws } from "../stack/serviceInAws";
import { AskedServices } from "./askedServices";
import { AskedSurroundings } from "./askedSurroundings";
import type { EnvironmentStatus } from "./model";
import { imageDigestOf, serviceStatus } from "./serviceStatus";

/**
 * Services of which each is asked for by itself as well: its newest deployment and its load balancer's targets, which AWS tells of one alone. Of more there are
 * answers in batches only, unless they are named: ECS lets an account read 20 of its services a second.
 */
const mostOneByOne = 40;

/** What of an environment is asked. */
export interface StatusOptions {
  /** Names of services. All by default. */
  services?: readonly string[];
  /** Milliseconds since 1970. AWS's time by default: a machine's clock may be wrong by hours, and the SDK then corrects its signatures alone. */
  now?: number;
}

/** Asks AWS how an environment is. Asked again, it remembers what doesn't change. */
export class EnvironmentWatch {
  private surroundings: AskedSurroundings | undefined;

  constructor(private readonly stack: Pick<OperatedStack, "inAws" | "clients" | "caller">) {}

  /** @throws UserError where nothing can be asked, or there is no such service */
  async look({ services: named = [], now }: StatusOptions = {}): Promise<EnvironmentStatus> {
    const { inAws, clients, caller } = this.stack;
    const { stack, cluster } = inAws;
    const sight = new Sight(stack);
    const surroundings = (this.surroundings = new AskedSurroundings(clients, sight, this.surroundings));
    const planned = chosenServices(inAws, named);
    const head = { stack, accountId: caller.accountId, region: await clients.region(), cluster };
    const at = async () => new Date(now ?? Date.now() + (await clients.ecs()).config.systemClockOffset).toISOString();
    if (cluster === undefined) return { ...head, at: await at(), services: [], notInThePlan: [], unseen: sight.unseen };
    const asked = new AskedServices(cluster, clients, sight);
    const oneByOne = named.length > 0 || planned.length <= mostOneByOne;
    const names = planned.map(({ serviceName }) => serviceName);
    const [services, all, alarms, scaling, tasks, deployments] = await Promise.all([
      asked.services(names),
      named.length === 0 ? asked.names() : undefined,
      surroundings.alarmsThatAreOn(planned.flatMap(({ alarms }) => alarms)),
      surroundings.scalableTargets(planned.flatMap(({ scaling }) => scaling?.resourceId ?? [])),
      asked.tasks(),
      oneByOne ? asked.newestDeployments(names) : undefined,
    ]);
    const found = [...(services?.values() ?? [])];
    const revisionOf = new Map(found.flatMap((service) => oneOf(service).map((arn) => [service.serviceName!, arn] as const)));
    const [revisions, targets] = await Promise.all([
      asked.revisions([...revisionOf.values()]),
      oneByOne ? surroundings.targets(found) : undefined,
    ]);
    const revisionFor = ({ serviceName }: ServiceInAws) => revisions.get(revisionOf.get(serviceName) ?? "");
    const tags = await surroundings.tagsOf(
      planned.flatMap((service) => {
        const [digest, repository] = [imageDigestOf(service, revisionFor(service), tasks?.get(service.serviceName)), service.repository];
        return digest === undefined || repository === undefined ? [] : [{ digest, repository }];
      }),
    );
    return {
      ...head,
      at: await at(),
      services: planned.map((service) =>
        serviceStatus(service, {
          service: services ? services.get(service.serviceName) : "unseen",
          revision: revisionFor(service),
          deployment: deployments?.get(service.serviceName),
          tags,
          tasks: tasks && (tasks.get(service.serviceName) ?? []),
          targets: targets?.get(service.serviceName),
          scaling: scaling ? scaling.get(service.scaling?.resourceId ?? "") : "unseen",
          alarms,
        }),
      ),
      notInThePlan: (all ?? []).filter((name) => !names.includes(name)).sort(),
      unseen: sight.unseen,
    };
  }
}

/** The revision of most of a service's tasks: that which serves, while another comes out. */
function oneOf({ currentServiceRevisions = [] }: Service): string[] {
  const [most] = [...currentServiceRevisions].sort((a, b) => (b.runningTaskCount ?? 0) - (a.runningTaskCount ?? 0));
  return most?.arn === undefined ? [] : [most.arn];
}
