import { canonical, isMap, runTaskArguments } from "@fairlead/model";

import { asList, cantTell, dataLoss, interrupts, isEqual, isUnknown, noCapacity, unknown, type Judge, type Meaning } from "./judge";

type Target = Record<string, unknown>;

const targetOf = (value: unknown): Target => {
  const first: unknown = asList(value)[0];
  return isMap(first) ? first : {};
};

/**
 * What a schedule calls: any action of AWS's API has such an ARN.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
function calledBy({ arn }: Target): Meaning | undefined {
  const action = typeof arn === "string" ? /:aws-sdk:([\w-]+):(\w+)$/.exec(arn) : undefined;
  if (!action) return undefined;
  const [, service, name] = action as unknown as [string, string, string];
  const at = `At its times it calls ${name} of ${service}`;
  if (/^(delete|terminate|purge|remove|schedule\w*Deletion)/i.test(name)) return dataLoss(`${at}: what that names is gone.`);
  if (/^(stop|disable|suspend|deregister|detach|reboot)/i.test(name))
    return noCapacity(`${at}: what that names no longer works, until somebody starts it.`);
  return unknown(`${at}: what follows can't be told here.`);
}

const retriesOf = ({ retryPolicy }: Target) =>
  Number((retryPolicy as { maximumRetryAttempts?: number } | undefined)?.maximumRetryAttempts ?? 185);

/** A value without members of these names, wherever they are in it. */
function without(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, names));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => (names.includes(key) ? [] : [[key, without(item, names)]])));
}

/** Another version with each image: in what a schedule starts by itself, and in what it gives to a state machine. */
const ofTask = ["taskDefinitionArn", "TaskDefinition"];

/** What a schedule does at its times. The task definition in it is another version with each image. */
export const scheduledTarget: Judge = ({ before, after, isNew }) => {
  const [was, is] = [targetOf(before), targetOf(after)];
  const called = calledBy(is);
  if (called && (isNew || !isEqual([was.arn, was.input], [is.arn, is.input]))) return called;
  if (isNew) return undefined;
  const rest = (target: Target, ...names: string[]) =>
    canonical(without({ ...target, input: runTaskArguments(target.input) ?? target.input }, [...ofTask, ...names]));
  if (rest(was) === rest(is)) return undefined;
  if (isUnknown(is.arn) !== isUnknown(was.arn)) return cantTell;
  if (rest(was, "retryPolicy") === rest(is, "retryPolicy"))
    return retriesOf(is) < retriesOf(was) ? interrupts("A run that AWS can't start is tried fewer times.") : undefined;
  if (rest(was, "input") === rest(is, "input")) return interrupts("What it starts or calls is told something else.");
  return unknown("Its job is started otherwise: in other subnets, with another role or other retries.");
};
