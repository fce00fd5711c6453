import { coded, UserError } from "@fairlead/model";
import type { Project } from "@fairlead/plan";

import { isInstalled, tools } from "../tools";
import { pulumi, saidBy } from "./pulumiCommand";

/** What a stack has in its state. */
export interface StackState {
  /** Ids by URN, of resources and of components, whose id is empty. */
  ids: ReadonlyMap<string, string>;
  /** Texts by which AWS may call what the stack has made: ids, names, ARNs. */
  own: ReadonlySet<string>;
  /** URNs that Pulumi refuses to delete: by the program, or since they were imported. */
  protectedUrns: ReadonlySet<string>;
  /** The state as `pulumi stack export --show-secrets` says it: for memory and standard input alone. */
  deployment: { deployment?: Deployment };
}

interface Deployment {
  resources?: { urn: string; id?: string; protect?: boolean; outputs?: Record<string, unknown> }[];
  secrets_providers?: unknown;
}

/**
 * The state of a stack.
 *
 * @param stack as Pulumi knows it, with its organization or without
 * @returns undefined where there is no such stack yet, or no Pulumi that could have made one
 * @throws UserError with FL3203 where Pulumi doesn't tell: what the stack has would pass for somebody else's
 */
export async function stackState({ root }: Project, stack: string): Promise<StackState | undefined> {
  if (!isInstalled(tools.pulumi)) return undefined;
  const { code, output, errors, all } = await pulumi(["stack", "export", "--show-secrets", "--stack", stack], { folder: root });
  if (code !== 0) {
    if (/no stack named|no previous deployment|stack .* not found/i.test(all)) return undefined;
    throw new UserError(coded("FL3203", `\`pulumi stack export\` ended with ${code}:\n${saidBy(errors)}`));
  }
  const deployment = JSON.parse(output) as StackState["deployment"];
  const resources = deployment.deployment?.resources ?? [];
  const texts = resources.flatMap(({ id, outputs = {} }) => [id, outputs.arn, outputs.name]);
  return {
    ids: new Map(resources.map(({ urn, id = "" }) => [urn, id])),
    own: new Set(texts.filter((text): text is string => typeof text === "string" && text !== "")),
    protectedUrns: new Set(resources.flatMap(({ urn, protect }) => (protect === true ? [urn] : []))),
    deployment,
  };
}
