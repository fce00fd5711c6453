import type { Release } from "@fairlead/images";
import type { ServiceSpec } from "@fairlead/manifest";
import { calleeVariable, ownNames, reachedAt, repositoryNameIn, rulePriorities, shiftsTraffic, type RoutePattern } from "@fairlead/model";
import { BuildSettings, ecrLogin, Repository, type BuildCache } from "@fairlead/registry";
import { ambiguousRuleNames, openPort } from "@fairlead/services";
import * as pulumi from "@pulumi/pulumi";

import { callsPastTheShift } from "./callsPastTheShift";
import { CallOpenings } from "./callOpenings";
import { imageSources } from "./imageSources";
import { publicUrlOf } from "./publicUrl";
import { inOrder } from "./serviceOrder";
import { refuseMissing } from "./missingResources";
import { mountsWithoutVolume } from "./mountsWithoutVolume";
import { checkMovedRequests } from "./movedRequests";
import { routedLogGroups } from "./routedLogs";
import { Service } from "./service";
import type { EnvironmentResources } from "./serviceArgs";
import { connects } from "./serviceFeatures";
import { withoutInternet } from "./withoutInternet";

/** Outputs of an environment, by service. */
export interface DeployedServices {
  /** `repository@sha256:…` */
  images: Record<string, pulumi.Output<string>>;
  /** What another environment would take over, and where it came from; not of images that others build. */
  releases: Record<string, pulumi.Output<Release>>;
}

/** Brings every service of an environment from its spec to its rollout. */
export function deployServices(args: EnvironmentResources & { specs: ServiceSpec[] }): DeployedServices {
  const { specs } = args;
  refuseMissing(specs, args);
  checkMovedRequests(specs, args.loadBalancer, args.settings);
  const build = buildSettings(args);
  const sources = imageSources(args.settings, specs);
  const routesOf = ({ name, routes, deployment }: ServiceSpec): RoutePattern[] =>
    routes.map((route) => ({ ...route, shiftedBy: shiftsTraffic(deployment) ? name : undefined }));
  const ambiguousNames = ambiguousRuleNames(
    specs.map(({ name, routes, deployment }) => ({ name, routes, shifting: shiftsTraffic(deployment) })),
  );
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  const services = new Map<string, Service>();
  const isConnected = (name: string) => connects({ spec: byName.get(name)!, serviceConnect: args.serviceConnect });
  const onFargate = specs.filter(({ capacityProviderStrategy }) => args.cluster.compatibilityOf(capacityProviderStrategy) === "FARGATE");
  // An image that is taken over was built from another commit's Dockerfile.
  const mounting = args.settings.promoteFrom === undefined ? onFargate : [];
  const warnings = [...callsPastTheShift(specs, isConnected), ...mounting.flatMap(mountsWithoutVolume), ...withoutInternet(specs, args)];
  for (const warning of warnings) void pulumi.log.warn(warning);
  const urlOf = (callee: string) => {
    const host = isConnected(callee) ? callee : args.serviceDiscovery.hostOf(callee);
    return `http://${host}:${reachedAt(byName.get(callee)!)!.containerPort}`;
  };
  /** Jobs that each service waits for. */
  const gates = new Map<string, pulumi.Resource[]>();
  // A task finds only services of Service Connect that were there when it was deployed; DNS is asked anew.
  const waitsFor = ({ name, calls }: ServiceSpec) => calls.filter((callee) => callee !== name && isConnected(callee));
  const openings = new CallOpenings(args.cluster);
  const logGroups = routedLogGroups(specs, args);
  try {
    for (const spec of inOrder(specs, waitsFor)) {
      const service = new Service(spec.name, {
        ...args,
        spec,
        build,
        imageSource: sources.get(spec.name)!,
        routedLogGroups: logGroups,
        routes: routesOf(spec).map((route) => ({ ...route, ...rulePriorities(route) })),
        ambiguousNames,
        calleeUrls: Object.fromEntries(
          // A secret of that name takes its place.
          spec.calls.filter((callee) => !(calleeVariable(callee) in spec.secrets)).map((callee) => [calleeVariable(callee), urlOf(callee)]),
        ),
        publicUrls: Object.fromEntries(
          Object.entries(spec.publicUrls ?? {}).map(([variable, name]) => [variable, publicUrlOf(byName.get(name)!, args)]),
        ),
        gates: [
          ...(gates.get(spec.name) ?? []),
          ...waitsFor(spec).map((callee) => services.get(callee)!.completed),
          ...spec.calls.map((callee) => openings.of(spec.name, callee)),
        ],
      });
      services.set(spec.name, service);
      for (const waiting of spec.before) gates.set(waiting, [...(gates.get(waiting) ?? []), service.completed]);
    }
    for (const spec of specs) {
      for (const callee of spec.calls) {
        const to = services.get(callee)!;
        const called = byName.get(callee)!;
        const port = { ...to.caller, name: callee, port: reachedAt(called)!.containerPort, networkMode: called.networkMode };
        openings.add(spec.name, callee, openPort(services.get(spec.name)!.caller, port, to));
      }
    }
  } finally {
    openings.end();
  }
  const sorted = [...services].sort(([a], [b]) => (a < b ? -1 : 1));
  const each = <T>(of: (service: Service) => T) => Object.fromEntries(sorted.map(([name, service]) => [name, of(service)]));
  const releases = sorted.flatMap(([name, { release }]) => (release ? [[name, release] as const] : []));
  return { images: each(({ image }) => image), releases: Object.fromEntries(releases) };
}

function buildSettings(resources: EnvironmentResources): BuildSettings {
  const { builder, buildConcurrency: concurrency, buildAttestations } = resources.settings;
  const provenance = buildAttestations.includes("provenance");
  return new BuildSettings({ registry: ecrLogin(), cache: cacheOf(resources), builder, concurrency, provenance });
}

function cacheOf({ settings, kmsKeyArn }: EnvironmentResources): BuildCache | undefined {
  const { buildCache, promoteFrom, environmentName } = settings;
  if (buildCache === "none" || promoteFrom !== undefined) return undefined;
  if (buildCache === "local") return { kind: "local", folder: ".fairlead/cache" };
  if (buildCache === "githubActions") return { kind: "githubActions" };
  // BuildKit overwrites its cache tags, which an immutable repository refuses, so layer caches have a repository of their own. Nothing runs
  // by what is in it.
  const { url } = new Repository(ownNames.buildCache, {
    repositoryName: repositoryNameIn(environmentName, ownNames.buildCache),
    imageTagMutability: "MUTABLE",
    kmsKeyArn,
    forceDelete: true,
  });
  return { kind: "registry", repositoryUrl: url };
}
