import { coded, isMap, UserError } from "@fairlead/model";

import type { DeployedResource } from "../deployed/deployed";
import type { OpenValues } from "../deployed/openValues";
import { apiForm } from "./apiForm";

/** Arguments of Pulumi's that are about how it registers, and no part of a task definition. */
export const ofPulumiAlone = ["region", "skipDestroy", "trackLatest"];

/**
 * A task definition as `aws ecs register-task-definition --cli-input-json` and GitHub's `amazon-ecs-render-task-definition` take it.
 *
 * @throws UserError with FL3003 where its containers are a secret as a whole, or known only after deployment
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export function registerTaskDefinition({ inputs, name }: DeployedResource, values: OpenValues): Record<string, unknown> {
  const { containerDefinitions, family, proxyConfiguration, ...others } = inputs;
  const rest = Object.fromEntries(
    Object.entries(others).filter(([key, value]) => !key.startsWith("__") && !ofPulumiAlone.includes(key) && value !== undefined),
  );
  return {
    family,
    containerDefinitions: values.plain(containersIn(containerDefinitions, name), `the containers of ${name}`),
    ...(apiForm(values.plain(rest, name)) as Record<string, unknown>),
    ...(isMap(proxyConfiguration) && { proxyConfiguration: proxy(values.plain(proxyConfiguration, name) as Record<string, unknown>) }),
  };
}

function containersIn(definitions: unknown, name: string): unknown {
  try {
    const containers: unknown = typeof definitions === "string" ? JSON.parse(definitions) : undefined;
    if (Array.isArray(containers)) return containers;
  } catch {
    // Said below.
  }
  throw new UserError(
    coded(
      "FL3003",
      `the containers of ${name} are a secret as a whole, or known only after deployment: a file can't have them. Nothing was written.\n` +
        "  fix: give its secrets as `secrets`, by their ARN, and not as variables made of a secret.",
    ),
  );
}

function proxy({ properties, ...others }: Record<string, unknown>): Record<string, unknown> {
  if (!isMap(properties)) return others;
  return { ...others, properties: Object.entries(properties).map(([name, value]) => ({ name, value })) };
}
