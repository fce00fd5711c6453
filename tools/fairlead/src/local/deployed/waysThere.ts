import { calledPorts, type Task } from "@fairlead/local";
import { coded, UserError } from "@fairlead/model";
import { isDeletionProtected } from "@fairlead/model/awsTypes";
import {
  pluginVersion,
  serviceTunnelEnd,
  type CallerOfService,
  type OperatedStack,
  type ServiceInAws,
  type StackInAws,
  type TunnelEnd,
} from "@fairlead/operations";

import { asking, withStack } from "../../operate/openStack";
import type { OpenLocal } from "../openLocal";
import type { CalledService } from "./calledServices";

/** A port of a deployed service, and the way to it. */
export interface WayThere {
  service: string;
  containerPort: number;
  end: TunnelEnd;
  /** Looks for a way again: tasks come and go. */
  find: () => Promise<TunnelEnd>;
}

/** The ways to all that is called. */
export interface WaysThere {
  stack: OperatedStack;
  ways: WayThere[];
  pluginVersion: string;
}

/**
 * Finds a way to each service that is called: by the plan of where it is deployed, and by what AWS says of its tasks. Opens nothing.
 *
 * @param deployed the environment that is deployed
 * @throws UserError with all that is missing
 */
export async function waysThere(deployed: OpenLocal, called: readonly CalledService[]): Promise<WaysThere> {
  refuseProduction(deployed);
  const problems: string[] = [];
  const collect = (error: unknown): undefined => {
    if (!(error instanceof UserError)) throw error;
    problems.push(error.message);
  };
  const attempt = async <T>(from: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await from();
    } catch (error) {
      return collect(error);
    }
  };
  const version = await attempt(pluginVersion);
  let inAws: StackInAws | undefined;
  const stack = await attempt(() =>
    withStack(deployed.stack, (opened) => Promise.resolve(opened), { check: (found) => void (inAws = found) }),
  );
  const ways: WayThere[] = [];
  for (const each of called) {
    const service = inAws?.services.find(({ name }) => name === each.name);
    if (inAws && !service)
      problems.push(`${each.name} is no service of ${deployed.stack}. fix: start it here as well, beside ${each.callers.join(", ")}.`);
    if (!inAws || !service) continue;
    const names = inAws;
    const ports = [...new Set(each.ports.map(({ containerPort }) => containerPort))];
    // Who may not ask AWS is told what the plan says, so that it is mended at the same time.
    if (!stack) problems.push(...lockedByPlan(deployed, names, service));
    else
      for (const containerPort of ports) {
        const port = portThere(deployed, service, containerPort);
        const find = () => asking(deployed.stack, () => serviceTunnelEnd(stack, service, port, callersOf(deployed, names, service, port)));
        const end = await attempt(find);
        if (end) ways.push({ service: each.name, containerPort, end, find });
      }
  }
  if (stack && version !== undefined && problems.length === 0) return { stack, ways, pluginVersion: version };
  const all = [...new Set(problems)].map((problem) => problem.replaceAll(/^/gm, "  "));
  throw new UserError(
    coded("FL2709", [`No way leads from here to what ${deployed.stack} has to answer. Nothing was started.`, ...all].join("\n")),
  );
}

/** What Pulumi or AWS keeps from being deleted is what a team can't do without. */
function refuseProduction({ stack, plan }: OpenLocal): void {
  const kept = plan.resources.find(({ inputs, options }) => options.protect === true || isDeletionProtected(inputs));
  if (!kept && !/^prod/i.test(stack)) return;
  const why = kept ? `its ${kept.name} (${kept.type}) is protected against deletion, as in production` : "that is production, by its name";
  throw new UserError(
    coded(
      "FL2709",
      `Calls from here don't go to ${stack}: ${why}. Nothing was started. fix: name what is called as well, so that it runs here.`,
    ),
  );
}

function lockedByPlan(deployed: OpenLocal, inAws: StackInAws, service: ServiceInAws): string[] {
  const through = [service, ...callersOf(deployed, inAws, service, 0).map((caller) => caller.service)];
  if (through.some(({ executeCommand }) => executeCommand)) return [];
  const others = through.slice(1).map(({ name }) => name);
  return [
    coded(
      "FL2804",
      `${service.name} of ${inAws.stack} doesn't let sessions in${others.length > 0 ? `, nor does ${others.join(" or ")}, which may call it` : ""}. ` +
        `fix: \`enableExecuteCommand: true\` and \`readonlyRootFilesystem: false\` in ${service.manifest ?? "service.yaml"}, then \`pulumi up -s ${inAws.stack}\`.`,
    ),
  ];
}

/** A service's own port may be another one there, by `environments:` of its manifest. */
function portThere({ environment: { tasks } }: OpenLocal, { name, containerPort }: ServiceInAws, here: number): number {
  const task = tasks.find((each) => each.name === name);
  return task && calledPorts(task).some((each) => each.containerPort === here) ? here : (containerPort ?? here);
}

/** Others that may call a service, with its name there. */
function callersOf(
  { environment: { tasks, calls } }: OpenLocal,
  inAws: StackInAws,
  service: ServiceInAws,
  port: number,
): CallerOfService[] {
  const callee = tasks.find(({ name }) => name === service.name);
  return tasks.flatMap((caller) => {
    const through = inAws.services.find(({ name }) => name === caller.name);
    if (!callee || !through || !calls.some((call) => call.caller === caller.name && call.callee === callee.name)) return [];
    const found = nameFor(caller, callee, port);
    return found ? [{ service: through, ...found }] : [];
  });
}

function nameFor(caller: Task, callee: Task, port: number): { host: string; port: number } | undefined {
  const cloudMap = callee.names.find(({ by }) => by === "cloudMap");
  if (cloudMap) return { host: cloudMap.name, port };
  if (!caller.isClientOfServiceConnect) return undefined;
  const answering = new Map(calledPorts(callee).map((each) => [each.port, each.containerPort]));
  const alias = callee.names.find((each) => answering.get(each.port ?? port) === port);
  return alias && { host: alias.name, port: alias.port ?? port };
}
