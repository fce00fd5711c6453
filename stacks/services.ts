import type { ServiceSpec } from "@fairlead/manifest";
import { ecrLogin, Repository, sourceRevisions, type BuildSettings } from "@fairlead/registry";
import { allowCalls, routePriorities } from "@fairlead/services";
import * as pulumi from "@pulumi/pulumi";

import { environmentName } from "./environment";
import { Service, type EnvironmentResources } from "./service";

/** Brings every service of an environment from its spec to its rollout; returns each one's pinned image. */
export function deployServices(args: EnvironmentResources & { specs: ServiceSpec[] }): Record<string, pulumi.Output<string>> {
  const { specs } = args;
  const build = buildSettings(args.forceDeleteRepositories);
  const revisions = sourceRevisions(specs.map((spec) => spec.build.context));
  const priorities = routePriorities(specs.flatMap((spec) => spec.routes.map(({ path }) => path)));
  const ports = new Map(specs.map((spec) => [spec.name, spec.containerPort]));
  const services = new Map<string, Service>();
  for (const spec of specs) {
    const urlOf = (callee: string) => `http://${args.serviceDiscovery.hostOf(callee)}:${ports.get(callee)}`;
    const service = new Service(spec.name, {
      ...args,
      spec,
      build,
      revision: revisions.get(spec.build.context)!,
      routes: spec.routes.map(({ path }) => ({ path, priority: priorities.get(path)! })),
      calleeUrls: Object.fromEntries(spec.calls.map((callee) => [urlVariable(callee), urlOf(callee)])),
    });
    services.set(spec.name, service);
  }
  for (const spec of specs) {
    for (const callee of spec.calls) allowCalls(services.get(spec.name)!.fargateService, services.get(callee)!.fargateService);
  }
  return Object.fromEntries([...services].map(([name, service]) => [name, service.image]));
}

function buildSettings(forceDelete: boolean): BuildSettings {
  // BuildKit overwrites its cache tags, which an immutable repository refuses, so layer caches have a repository of their own.
  const cache = new Repository("build-cache", {
    repositoryName: `fairlead/${environmentName}/build-cache`,
    imageTagMutability: "MUTABLE",
    forceDelete,
  });
  return { registry: ecrLogin(), cacheRepositoryUrl: cache.url, builder: new pulumi.Config().get("builder") };
}

/** `order-history` → `ORDER_HISTORY_URL` */
function urlVariable(serviceName: string): string {
  return `${serviceName.toUpperCase().replace(/-/g, "_")}_URL`;
}
