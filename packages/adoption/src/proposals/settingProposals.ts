import type { Plan } from "@fairlead/plan";

import type { Thing } from "../found/thing";
import { whyAmong } from "./proposal";

/** Something that exists, and that the stack's configuration names. */
export interface SettingProposal {
  /** The setting that it would be: `certificateArn`. */
  of: string;
  thing: Thing;
  /** Why it may be that. */
  why: string;
  /** What to look at first, a sentence each. */
  notes: string[];
  command: string;
}

const settings = [
  {
    ...{ of: "certificateArn", kind: "certificate", value: ({ arn }: Thing) => arn },
    look: ({ id }: Thing) => `It must be for domainName, and be issued: aws acm describe-certificate --certificate-arn <it> (${id}).`,
  },
  {
    ...{ of: "hostedZoneId", kind: "hostedZone", value: ({ id }: Thing) => id },
    look: ({ id }: Thing) => `It must be the zone of domainName, whose record an up then makes: aws route53 get-hosted-zone --id ${id}.`,
  },
] as const;

/**
 * Certificates and hosted zones that a load balancer of the plan could have. One that exists has its own already.
 *
 * @param config the stack's configuration by full key: what it says already is not proposed
 */
export function settingProposals(
  { project, stack, resources }: Plan,
  config: Readonly<Record<string, string>>,
  things: readonly Thing[],
): SettingProposal[] {
  if (!resources.some(({ type }) => type === "fairlead:networking:LoadBalancer")) return [];
  return settings.flatMap(({ of, kind, value, look }) => {
    if (config[`${project}:${of}`] !== undefined) return [];
    const found = things.filter((thing) => thing.kind === kind);
    return found.map((thing) => ({
      ...{ of, thing, why: whyAmong(found), notes: [look(thing)] },
      command: `pulumi config set ${of} ${value(thing)} -s ${stack}`,
    }));
  });
}
