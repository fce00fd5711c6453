import type { PlanResource } from "@fairlead/plan";

import { arnOf, outputsOf, textOf } from "./planResources";

export const clusterType = "aws:rds/cluster:Cluster";
export const instanceType = "aws:rds/instance:Instance";

/** What the outputs of a database come from. */
interface Place {
  label: string;
  hosts: readonly [string, ...string[]];
  port: number;
  region: string;
  /** Instances of a cluster, and replicas: all of them are the one server. */
  members: readonly PlanResource[];
}

/** Attributes that AWS tells after apply. What a stack says itself stands in the plan already, and would be found in variables that mean something else. */
export function databaseOutputs(
  { urn, type, inputs }: PlanResource,
  { label, hosts, port, region, members }: Place,
): Record<string, string> {
  const [writer, reader = writer] = hosts;
  const isCluster = type === clusterType;
  const id = textOf(inputs.clusterIdentifier) ?? textOf(inputs.identifier) ?? `${label}-local`;
  const all = {
    id,
    ...unless(inputs, { port: String(port), masterUsername: "postgres", username: "postgres", clusterIdentifier: id, identifier: id }),
    arn: arnOf("rds", region, `${isCluster ? "cluster" : "db"}:${id}`),
    ...(isCluster ? { endpoint: writer, readerEndpoint: reader } : { endpoint: `${writer}:${port}`, address: writer }),
  };
  const ofMember = (member: PlanResource) =>
    outputsOf(member.urn, {
      id: `${member.name}-local`,
      ...unless(member.inputs, { identifier: `${member.name}-local` }),
      endpoint: member.type === instanceType ? `${writer}:${port}` : writer,
      readerEndpoint: reader,
      address: writer,
      ...(inputs.port === undefined && { port: String(port) }),
    });
  return Object.assign(outputsOf(urn, all), ...members.map(ofMember)) as Record<string, string>;
}

const unless = (inputs: Record<string, unknown>, values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).filter(([attribute]) => textOf(inputs[attribute]) === undefined));
