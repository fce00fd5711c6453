import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { coded, UserError } from "@fairlead/model";

import type { OperatedStack } from "../operatedStack";
import type { DataInAws } from "../stack/dataInAws";
import { noSuchName } from "../stack/noSuchName";
import type { ServiceInAws } from "../stack/serviceInAws";
import type { StackInAws } from "../stack/stackInAws";
import { reachableTask, type ReachableTask } from "./reachableTask";
import { pluginStart } from "./sessionPlugin";

type Stack = Pick<OperatedStack, "inAws" | "clients">;

/** Where a tunnel leads. */
export interface TunnelEnd {
  /** What tasks call it: a host name, or the task itself. */
  host: string;
  port: number;
  through: ReachableTask;
  /** Name of the service through whose task it leads. */
  service: string;
  kind: DataInAws["kind"] | "service";
}

/** What a tunnel is for. */
export interface TunnelOptions {
  /** Port at its end. What the data, or the service, listens on by default. */
  port?: number;
  /** The service through whose task it leads, which must be bound to the data. The first that is, and lets sessions in, by default. */
  through?: string;
}

/**
 * Finds the way to data, or to a service, through a task that may connect to it: one of a service that is bound to the data, since its security group lets
 * others not in.
 *
 * @throws UserError where there is no such data or service, or no task that lets sessions in
 */
export async function tunnelEnd(stack: Stack, name: string, { port, through }: TunnelOptions = {}): Promise<TunnelEnd> {
  const target = tunnelTarget(stack.inAws, name, through);
  if (target.kind === "service") return toService(stack, target, port);
  const { data: found, bound } = target;
  const task = await firstReachable(stack, bound);
  const { host, port: own } = await addressOf(stack, found, task);
  return { host, port: port ?? own, through: task.reachable, service: task.service.name, kind: found.kind };
}

/** Data, and the services through whose tasks it may be reached. */
interface BoundData {
  kind: "data";
  data: DataInAws;
  bound: ServiceInAws[];
}

/**
 * What a tunnel of this name leads to, by the plan alone.
 *
 * @throws UserError where there is no such data or service, or no service that may connect to it
 */
export function tunnelTarget({ stack, data, services }: StackInAws, name: string, through?: string): ServiceInAws | BoundData {
  const service = services.find((each) => each.name === name);
  if (service) return service;
  const found = data.find((each) => each.name === name);
  if (!found) {
    const known = { Data: data.filter(({ address }) => address).map((each) => each.name), Services: services.map((each) => each.name) };
    throw noSuchName(stack, "data or service", [name], known);
  }
  if (!found.address) throw new UserError(`${name} is a ${found.kind}: AWS answers for it itself, and no port is needed.`);
  const bound = services.filter((each) => found.usedBy.includes(each.name) && (through === undefined || each.name === through));
  if (bound.length > 0) return { kind: "data", data: found, bound };
  const which = through === undefined ? `No service is bound to ${name}` : `${through} is not bound to ${name}`;
  throw new UserError(`${which}: only a service that has it in \`uses\` has tasks that may connect.`);
}

/** Opens a tunnel from a port of this machine. @returns what Session Manager's plugin is started with */
export async function openTunnel({ clients }: Stack, { host, port, through }: TunnelEnd, localPort: number, pluginVersion: string) {
  const { StartSessionCommand } = await import("@aws-sdk/client-ssm");
  const isItself = host === itself;
  const request = {
    Target: through.target,
    DocumentName: isItself ? "AWS-StartPortForwardingSession" : "AWS-StartPortForwardingSessionToRemoteHost",
    Parameters: { ...(isItself ? {} : { host: [host] }), portNumber: [String(port)], localPortNumber: [String(localPort)] },
  };
  const { SessionId, StreamUrl, TokenValue } = await (await clients.ssm()).send(new StartSessionCommand(request));
  const region = await clients.region();
  return pluginStart(pluginVersion, { SessionId, StreamUrl, TokenValue }, region, request, `https://ssm.${region}.amazonaws.com`);
}

/** The task at a tunnel's end, as it calls itself. */
export const itself = "localhost";

async function toService(stack: Stack, service: ServiceInAws, port = service.containerPort): Promise<TunnelEnd> {
  if (port === undefined) throw new UserError(`${service.name} listens on no port: name one, ${service.name}:<port>.`);
  return { host: itself, port, through: await reachableTask(stack, service), service: service.name, kind: "service" };
}

/** The first of some services that has a task that lets sessions in. @throws UserError with what is in the way of each, where none has */
export async function firstReachable(stack: Stack, services: readonly ServiceInAws[]) {
  const reasons: string[] = [];
  for (const service of services) {
    try {
      return { service, reachable: await reachableTask(stack, service) };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      reasons.push(error.message.replace(/^FL\d+ /, ""));
    }
  }
  throw new UserError(coded("FL2804", reasons.join("\n")));
}

/** What the variables of a task say: names of databases have digits that AWS gives. */
async function addressOf({ clients }: Stack, { name, address }: DataInAws, { reachable }: { reachable: ReachableTask }) {
  const { DescribeTaskDefinitionCommand } = await import("@aws-sdk/client-ecs");
  const command = new DescribeTaskDefinitionCommand({ taskDefinition: reachable.taskDefinitionArn });
  const { taskDefinition } = await (await clients.ecs()).send(command);
  const container = taskDefinition?.containerDefinitions?.find((each) => each.name === reachable.container);
  const value = (variable: string) => valueOf(container, variable, name);
  if ("url" in address!) {
    const { hostname, port } = new URL(value(address.url));
    return { host: hostname, port: Number(port) };
  }
  return { host: value(address!.host), port: Number(value(address!.port!)) };
}

function valueOf(container: ContainerDefinition | undefined, variable: string, data: string): string {
  const found = container?.environment?.find(({ name }) => name === variable)?.value;
  if (found !== undefined) return found;
  throw new UserError(
    `The task has no variable ${variable}, which says where ${data} answers: it is older than the binding. \`pulumi up\` renews it.`,
  );
}
