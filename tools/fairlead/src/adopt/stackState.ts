import type { Project } from "@fairlead/plan";

import { pulumi } from "./pulumiCommand";

/** What a stack has in its state. */
export interface StackState {
  /** Ids by URN, of resources and of components, whose id is empty. */
  ids: ReadonlyMap<string, string>;
  /** The state as `pulumi stack import` takes it, with its secrets in the open: for standard input alone. */
  deployment: string;
}

/**
 * The state of a stack.
 *
 * @param stack as Pulumi knows it, with its organization or without
 * @returns undefined where there is no such stack yet, or nobody is logged in where it would be
 */
export async function stackState({ root }: Project, stack: string): Promise<StackState | undefined> {
  const { code, output } = await pulumi(["stack", "export", "--show-secrets", "--stack", stack], { folder: root });
  if (code !== 0) return undefined;
  const { deployment } = JSON.parse(output) as { deployment?: { resources?: { urn: string; id?: string }[] } };
  return { ids: new Map((deployment?.resources ?? []).map(({ urn, id = "" }) => [urn, id])), deployment: output };
}
