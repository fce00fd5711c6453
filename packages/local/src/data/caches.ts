import type { Plan, PlanResource } from "@fairlead/plan";

import type { ComposeService } from "../compose/model";
import { boundedLog } from "../compose/upkeep";
import type { DataContext, LocalData } from "./model";
import { arnOf, labels, ofType, outputsOf, reachedBy, regionOf, securityGroupsOf, textOf } from "./planResources";
import {
  authorityMount,
  authorityPath,
  authorityVariable,
  certificateMount,
  installCertificate,
  serverCertificate,
  type ServerCertificate,
} from "./tls";

/** A replication group of ElastiCache. */
export interface Cache {
  urn: string;
  name: string;
  label: string;
  engine: "valkey" | "redis";
  majorVersion: string;
  port: number;
  usesTls: boolean;
  /** Whether clients have to speak to it as to a cluster. */
  isCluster: boolean;
  /** Whether a password is asked for on AWS. */
  hasPassword: boolean;
  securityGroups: string[];
  hosts: [primary: string, reader: string, configuration: string];
  outputs: Record<string, string>;
}

const latestMajor = { valkey: "8", redis: "7" };

export function cachesOf(plan: Plan): Cache[] {
  const all = ofType(plan, "aws:elasticache/replicationGroup:ReplicationGroup");
  const given = labels(all);
  return all.map((resource) => cache(plan, resource, given.get(resource.urn)!));
}

function cache(plan: Plan, { urn, name, inputs }: PlanResource, label: string): Cache {
  const engine = textOf(inputs.engine) === "valkey" ? "valkey" : "redis";
  const version = textOf(inputs.engineVersion) ?? latestMajor[engine];
  const port = Number(textOf(inputs.port) ?? 6379);
  const id = textOf(inputs.replicationGroupId) ?? `${label}-local`;
  const isCluster =
    textOf(inputs.clusterMode) === "enabled" || Number(textOf(inputs.numNodeGroups) ?? 1) > 1 || inputs.replicasPerNodeGroup !== undefined;
  const hosts: Cache["hosts"] = [
    `${label}.cache.local.internal`,
    `${label}-ro.cache.local.internal`,
    `clustercfg.${label}.cache.local.internal`,
  ];
  return {
    urn,
    name,
    label,
    engine,
    majorVersion: version.split(".")[0]!,
    port,
    usesTls: textOf(inputs.transitEncryptionEnabled) === "true",
    isCluster,
    hasPassword: inputs.authToken !== undefined || inputs.userGroupIds !== undefined,
    securityGroups: securityGroupsOf(inputs.securityGroupIds),
    hosts,
    outputs: outputsOf(urn, {
      id,
      replicationGroupId: id,
      arn: arnOf("elasticache", regionOf(plan), `replicationgroup:${id}`),
      // What a stack says itself stands in the plan already.
      ...(textOf(inputs.port) === undefined && { port: String(port) }),
      primaryEndpointAddress: hosts[0],
      readerEndpointAddress: hosts[1],
      configurationEndpointAddress: hosts[2],
    }),
  };
}

const serverOf = ({ label, engine }: Cache) => `${label}.${engine}`;

export const cacheCertificate = (cache: Cache): ServerCertificate => ({ name: serverOf(cache), hosts: [...cache.hosts, "localhost"] });

/** Valkey's or Redis' own image for a replication group: one node, which is the primary and the reader. */
export function cacheData(cache: Cache, { settings, networksFor }: DataContext): LocalData {
  const { urn, label, engine, majorVersion, usesTls, securityGroups, hosts } = cache;
  const server = serverOf(cache);
  const volume = `${server}.${majorVersion}`;
  return {
    resources: [urn],
    outputs: cache.outputs,
    secrets: {},
    part: {
      services: {
        [server]: {
          image: settings.images.data(engine, majorVersion),
          entrypoint: ["/bin/sh", "-c", usesTls ? `${installCertificate(engine, "redis")}\n${start}` : start, engine],
          command: [`${engine}-server`, ...argumentsOf(cache)],
          ...reachedBy(networksFor(securityGroups, hosts)),
          volumes: [
            { type: "volume", source: volume, target: "/data" },
            ...(usesTls ? [certificateMount(settings, cacheCertificate(cache)), authorityMount(settings)] : []),
          ],
          healthcheck: healthCheck(cache),
          stop_grace_period: "30s",
          restart: "unless-stopped",
          ...boundedLog,
        },
      },
      volumes: { [volume]: { labels: { "fairlead.data": label } } },
    },
    dependsOn: { [server]: { condition: "service_healthy" } },
    environment: usesTls ? authorityVariable(cache.name) : {},
    mounts: [],
  };
}

const start = 'exec docker-entrypoint.sh "$@"';

/** @see https://valkey.io/topics/encryption/ */
function argumentsOf({ port, usesTls, isCluster, hosts }: Cache): string[] {
  const tls = ["--tls-port", String(port), "--tls-cert-file", serverCertificate, "--tls-key-file", serverCertificate];
  const authority = ["--tls-ca-cert-file", authorityPath, "--tls-auth-clients", "no"];
  const cluster = ["--cluster-enabled", "yes", "--cluster-announce-hostname", hosts[0], "--cluster-preferred-endpoint-type", "hostname"];
  return [
    // One that has no port without TLS listens nowhere else.
    ...(usesTls ? ["--port", "0", ...tls, ...authority] : ["--port", String(port)]),
    ...(isCluster ? [...cluster, ...(usesTls ? ["--tls-cluster", "yes"] : [])] : []),
    // Docker's network lets in who is declared, as the security group does: a password would be asked for by nobody.
    "--protected-mode",
    "no",
    "--dir",
    "/data",
    "--save",
    "60 1",
  ];
}

function healthCheck({ engine, port, usesTls, isCluster }: Cache): ComposeService["healthcheck"] {
  const client = [`${engine}-cli`, "-p", String(port), ...(usesTls ? ["--tls", "--cacert", authorityPath] : [])].join(" ");
  // A cluster of one has all slots, once somebody gives them to it.
  const cluster = `${client} cluster info | grep -q cluster_state:ok || { ${client} cluster addslotsrange 0 16383; false; }`;
  return {
    test: ["CMD-SHELL", isCluster ? cluster : `${client} ping | grep -q PONG`],
    interval: "2s",
    timeout: "5s",
    retries: 5,
    start_period: "30s",
  };
}
