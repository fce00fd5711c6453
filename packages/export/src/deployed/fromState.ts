import { coded, isMap, UserError } from "@fairlead/model";

import type { Deployed, DeployedResource } from "./deployed";

/**
 * A stack as its state has it.
 *
 * @param text of `pulumi stack export`; secrets in it may be encrypted or not, they are never taken over
 * @param origin where the text comes from, for messages
 * @throws UserError with FL3001 where it is no state, with FL3002 where nothing is in it
 * @see https://www.pulumi.com/docs/iac/cli/commands/pulumi_stack_export
 */
export function fromState(text: string, origin: string): Deployed {
  const resources = resourcesIn(text);
  if (resources === undefined)
    throw new UserError(
      coded(
        "FL3001",
        `${origin} is no state of a stack.\n  expected: the JSON of \`pulumi stack export\`, with deployment.resources\n  fix: pulumi stack export --stack <stack> --file state.json`,
      ),
    );
  const [first] = resources;
  if (first === undefined)
    throw new UserError(coded("FL3002", `${origin} has no resources: nothing of the stack is deployed.\n  fix: name the stack that runs.`));
  // urn:pulumi:<stack>::<project>::<types>::<name>
  return { stack: first.urn.split("::")[0]!.split(":").at(-1)!, from: "state", resources };
}

function resourcesIn(text: string): DeployedResource[] | undefined {
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch {
    return undefined;
  }
  const deployment = isMap(state) ? state.deployment : undefined;
  const resources = isMap(deployment) ? (deployment.resources ?? []) : undefined;
  if (!Array.isArray(resources) || !resources.every(isResource)) return undefined;
  // What a replacement left for deletion is not what runs.
  return resources.filter((resource) => resource.delete !== true).map(deployedResource);
}

const isResource = (value: unknown): value is Record<string, unknown> =>
  isMap(value) && typeof value.type === "string" && typeof value.urn === "string" && value.urn.split("::").length >= 4;

function deployedResource({ urn, type, parent, custom, external, id, inputs, outputs }: Record<string, unknown>): DeployedResource {
  return {
    urn: urn as string,
    type: type as string,
    name: (urn as string).split("::").slice(3).join("::"),
    isManaged: custom === true,
    ...(external === true && { isExternal: true }),
    ...(typeof parent === "string" && { parent }),
    ...(typeof id === "string" && { id }),
    inputs: isMap(inputs) ? inputs : {},
    outputs: isMap(outputs) ? outputs : {},
  };
}
