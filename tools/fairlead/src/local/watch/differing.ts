import type { OpenLocal } from "../openLocal";

/**
 * What of an environment is another one in the next: names of services and jobs whose containers differ, their sidecars and networks counted, and of what
 * stands for the rest, such as `aws.load-balancer`.
 *
 * @param secrets whether values of secrets differ. They stand in none of our files: whoever has one may have another.
 */
export function differing(before: OpenLocal, after: OpenLocal, secrets: boolean): string[] {
  const [were, are] = [before, after].map(({ environment }) => environment.compose.services) as [Services, Services];
  const services = Object.keys(are).filter((name) => definition(were, name) !== definition(are, name));
  const owners = services.map((name) => ownerOf(are, name));
  const holders = secrets ? after.environment.neededSecrets.map(({ task }) => task) : [];
  return [...new Set([...owners, ...holders])].sort();
}

type Services = OpenLocal["environment"]["compose"]["services"];

/** What Compose builds it again for is nothing of a container. */
const definition = (services: Services, name: string): string => JSON.stringify({ ...services[name], develop: undefined });

const ownerOf = (services: Services, name: string): string =>
  services[name]!.labels?.["fairlead.task"] ?? services[name]!.labels?.["fairlead.network"] ?? name;
