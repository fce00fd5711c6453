import type { Plan, PlanResource } from "@fairlead/plan";

import type { AwsCall } from "../awsCalls";
import { awsEmulatorPort } from "../../settings";
import { textOf } from "../planResources";
import type { TaskRights } from "./usedByTasks";

/** Where the emulator is for who is in its container's network. */
export const insideEndpoint = `http://127.0.0.1:${awsEmulatorPort}`;

/** A resource of the plan in an emulator of AWS. */
export interface AwsResource {
  urn: string;
  outputs: Record<string, string>;
  /** Each call is a process of the AWS CLI. Stage 1 needs what stage 0 makes, and stage 2 what both make. */
  calls: { stage: number; call: AwsCall }[];
  /** What of it is otherwise than on AWS. */
  notes?: string[];
}

/** What the kinds of resources are read from. */
export interface AwsContext {
  plan: Plan;
  region: string;
  /** URNs of what tasks use. */
  used: ReadonlySet<string>;
  rights: TaskRights;
}

/** The name that a plan gives it, or one as Pulumi would make it up: of the stack, and without random letters. */
export function physicalName(
  { stack }: Plan,
  { name, inputs }: PlanResource,
  { input = "name", allowed = /[^a-z0-9_-]+/g, longest = 80, suffix = "" } = {},
): string {
  const given = textOf(inputs[input]);
  if (given !== undefined && given !== "") return given;
  const made = `${stack}-${name}`.toLowerCase().replace(allowed, "-");
  return `${made.slice(0, longest - suffix.length)}${suffix}`;
}

/** A request without what isn't set. */
export const defined = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** A text of the plan with the attributes in it that are known here. */
export function withOutputs(value: unknown, outputs: Readonly<Record<string, string>>): string | undefined {
  const text = typeof value === "string" ? value : value !== null && typeof value === "object" ? referenceText(value) : undefined;
  return text?.replace(/\$\{(urn:pulumi:[^}]+)\}/g, (place, key: string) => outputs[key] ?? place);
}

const referenceText = (value: object): string | undefined =>
  "$output" in value && typeof value.$output === "string" ? `\${${value.$output}}` : JSON.stringify(value);
