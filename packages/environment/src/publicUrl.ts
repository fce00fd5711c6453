import type { ServiceSpec } from "@fairlead/manifest";
import * as pulumi from "@pulumi/pulumi";

import type { EnvironmentResources } from "./serviceArgs";

/** Where others than services find a service: by the host of a route, or by what its load balancer is called. Manifests with services that have none were refused. */
export function publicUrlOf(
  { routes, internal, tcp }: ServiceSpec,
  { loadBalancer, internalLoadBalancer, networkLoadBalancer, publicUrl }: EnvironmentResources,
): pulumi.Input<string> {
  if (routes.length === 0) return pulumi.interpolate`http://${networkLoadBalancer!.dnsName}:${tcp!.port}`;
  const entry = internal ? internalLoadBalancer! : loadBalancer;
  const host = routes.find((route) => route.host !== undefined && !/[*?]/.test(route.host))?.host;
  if (host !== undefined) return `${entry.protocol}://${host}`;
  return internal ? entry.url : (publicUrl ?? entry.url);
}
