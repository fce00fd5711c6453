import { variablePrefix } from "@fairlead/foundation";
import type { ServiceSpec } from "@fairlead/manifest";
import { ecrLogin, Repository, sourceRevisions, type BuildSettings } from "@fairlead/registry";
import { openPort, routePriorities } from "@fairlead/services";
import * as pulumi from "@pulumi/pulumi";

import { environmentName } from "./environment";
import { Service, type EnvironmentResources } from "./service";
import { connects } from "./serviceFeatures";

/** Brings every service of an environment from its spec to its rollout; returns each one's pinned image. */
export function deployServices(args: EnvironmentResources & { specs: ServiceSpec[] }): Record<string, pulumi.Output<string>> {
  const { specs } = args;
  const build = buildSettings(args);
  const revisions = sourceRevisions(specs.map((spec) => spec.build.context));
  const priorities = routePriorities(specs.flatMap((spec) => spec.routes));
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  const services = new Map<string, Service>();
  const urlOf = (callee: string) => {
    const spec = byName.get(callee)!;
    const host = connects({ spec, serviceConnect: args.serviceConnect }) ? callee : args.serviceDiscovery.hostOf(callee);
    return `http://${host}:${spec.containerPort}`;
  };
  /** What each service waits for. */
  const gates = new Map<string, pulumi.Resource[]>();
  // Jobs first: the services that wait for them are made with them.
  for (const spec of [...specs].sort((a, b) => Number(b.kind === "job") - Number(a.kind === "job"))) {
    const service = new Service(spec.name, {
      ...args,
      spec,
      build,
      revision: revisions.get(spec.build.context)!,
      routes: spec.routes.map((route) => ({ ...route, ...priorities.of(route) })),
      calleeUrls: Object.fromEntries(spec.calls.map((callee) => [`${variablePrefix(callee)}_URL`, urlOf(callee)])),
      gates: gates.get(spec.name) ?? [],
    });
    services.set(spec.name, service);
    for (const waiting of spec.before) gates.set(waiting, [...(gates.get(waiting) ?? []), service.completed]);
  }
  for (const spec of specs) {
    for (const callee of spec.calls) {
      const to = services.get(callee)!;
      openPort(services.get(spec.name)!.caller, { ...to.caller, name: callee, port: byName.get(callee)!.containerPort! }, to);
    }
  }
  return Object.fromEntries([...services].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, service]) => [name, service.image]));
}

function buildSettings({ kmsKeyArn, forceDeleteRepositories: forceDelete }: EnvironmentResources): BuildSettings {
  // BuildKit overwrites its cache tags, which an immutable repository refuses, so layer caches have a repository of their own.
  const cache = new Repository("build-cache", {
    repositoryName: `fairlead/${environmentName}/build-cache`,
    imageTagMutability: "MUTABLE",
    kmsKeyArn,
    forceDelete,
  });
  return { registry: ecrLogin(), cacheRepositoryUrl: cache.url, builder: new pulumi.Config().get("builder") };
}
