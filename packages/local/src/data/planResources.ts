import { createHash } from "node:crypto";
import { isMap, regionVariable } from "@fairlead/model";
import { referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

import type { ComposeService } from "../compose/model";

/** The text of an input, or undefined where it has none or AWS alone knows it. */
export const textOf = (value: unknown): string | undefined =>
  ["string", "number", "boolean"].includes(typeof value) && referencesIn(value).length === 0 ? String(value) : undefined;

export const ofType = ({ resources }: Plan, ...types: string[]): PlanResource[] => resources.filter(({ type }) => types.includes(type));

/** The resource of the plan that an input means, by a reference or by the name that it has. @param named under which inputs it has names */
export function meant(value: unknown, among: readonly PlanResource[], named: readonly string[]): PlanResource | undefined {
  const [urn, text] = [referencesIn(value)[0]?.urn, textOf(value)];
  return among.find((each) => each.urn === urn || (text !== undefined && named.some((input) => each.inputs[input] === text)));
}

/** URNs of security groups, or ids of those that are not of the plan. */
export const securityGroupsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : []).map((item) => referencesIn(item)[0]?.urn ?? String(item));

export const outputsOf = (urn: string, attributes: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).map(([attribute, value]) => [`${urn}#${attribute}`, value]));

/** A name as DNS takes it, in one label. */
export const label = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .slice(0, 63)
    .replace(/^-+|-+$/g, "") || "x";

/** Gives each resource a label of its own: the later of two that would have the same one gets a number. */
export function labels(resources: readonly PlanResource[]): Map<string, string> {
  const taken = new Set<string>();
  const given = new Map<string, string>();
  for (const { urn, name } of resources) {
    let free = label(name);
    for (let number = 2; taken.has(free); number++) free = `${label(name).slice(0, 58)}-${number}`;
    taken.add(free);
    given.set(urn, free);
  }
  return given;
}

/** The networks of a server. One that no task may reach has none: Compose would put it on a network of its own making. */
export const reachedBy = (networks: NonNullable<ComposeService["networks"]>): Pick<ComposeService, "networks" | "network_mode"> =>
  Object.keys(networks).length > 0 ? { networks } : { network_mode: "none" };

/** The account that emulators of AWS answer for. */
export const localAccount = "000000000000";

export const arnOf = (service: string, region: string, rest: string): string => `arn:aws:${service}:${region}:${localAccount}:${rest}`;

/** Where the tasks are: what their definitions say to AWS's SDKs. */
export function regionOf(plan: Plan): string {
  for (const { inputs } of ofType(plan, "aws:ecs/taskDefinition:TaskDefinition")) {
    const containers: unknown = typeof inputs.containerDefinitions === "string" ? JSON.parse(inputs.containerDefinitions) : [];
    for (const container of Array.isArray(containers) ? containers : []) {
      const variables: unknown = isMap(container) ? container.environment : [];
      const found = (Array.isArray(variables) ? variables : []).find((variable) => isMap(variable) && variable.name === regionVariable) as
        { value?: unknown } | undefined;
      const region = textOf(found?.value);
      if (region !== undefined) return region;
    }
  }
  return "us-east-1";
}

/**
 * A password that protects nothing: whoever knows what it is for can work it out. It is another one for each login, so that a program that takes the wrong one
 * is refused here as on AWS.
 */
export const throwAwayPassword = (login: string): string =>
  `local-only-${createHash("sha256").update(`fairlead local ${login}`).digest("hex").slice(0, 16)}`;
