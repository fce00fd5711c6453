import { randomBytes, randomUUID } from "node:crypto";

import { region } from "../sandboxAccount";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

/** As a service deployment is called: `NCWGC2ZR-taawPAYrIaU5`. */
export function serviceDeploymentId(): string {
  return Array.from(randomBytes(21), (byte) => alphabet[byte % alphabet.length]).join("");
}

/** As a service revision is called, and after `ecs-svc/` an entry of a service's `deployments`. */
export function revisionId(): string {
  return String(10n ** 18n + (randomBytes(8).readBigUInt64BE() % (8n * 10n ** 18n)));
}

export function taskId(): string {
  return randomUUID().replaceAll("-", "");
}

/** `arn:aws:ecs:…:<kind>/<names>`. */
export function ecsArn(accountId: string, kind: string, ...names: string[]): string {
  return `arn:aws:ecs:${region}:${accountId}:${[kind, ...names].join("/")}`;
}

/** Of what is given by its name or its ARN. */
export function nameOf(reference: unknown = "default"): string {
  return String(reference).split("/").at(-1)!;
}

/** As the protocol has a time: seconds since 1970. */
export function now(): number {
  return Date.now() / 1000;
}
