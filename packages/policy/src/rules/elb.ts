import type { PlanResource } from "@fairlead/plan";

import type { PlanIndex } from "../planIndex";
import { each, type Rule } from "../rule";

const loadBalancer = "aws:lb/loadBalancer:LoadBalancer";
const listener = "aws:lb/listener:Listener";

/** Policies that Security Hub recommends, TLS 1.2 and newer, and those that Elastic Load Balancing recommends since 2025: the same with post-quantum key exchange. */
const recommendedPolicies = [
  "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "ELBSecurityPolicy-TLS13-1-3-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
];

const isApplication = ({ inputs }: PlanResource) => (inputs.loadBalancerType ?? "application") === "application";

/** A rule on application load balancers alone. */
function application(
  control: string,
  title: string,
  check: (resource: PlanResource, plan: PlanIndex) => string | false,
  fix: string,
): Rule {
  return each(control, title, loadBalancer, fix, (resource, plan) => isApplication(resource) && check(resource, plan));
}

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html */
export const elbRules: Rule[] = [
  each(
    "ELB.1",
    "Plain HTTP is redirected to HTTPS",
    listener,
    "Give the load balancer a certificateArn: port 80 then redirects.",
    ({ inputs }) => {
      if (inputs.protocol !== "HTTP") return undefined;
      const actions = (inputs.defaultActions ?? []) as { type?: string; redirect?: { protocol?: string } }[];
      const redirects = actions.some(({ type, redirect }) => type === "redirect" && redirect?.protocol === "HTTPS");
      return redirects ? undefined : "it answers plain HTTP";
    },
  ),
  application(
    "ELB.4",
    "Invalid headers are dropped",
    ({ inputs }) => inputs.dropInvalidHeaderFields !== true && "dropInvalidHeaderFields is not true",
    "Set it to true.",
  ),
  each("ELB.5", "Load balancers log", loadBalancer, "Give it accessLogs.", (resource, plan) =>
    plan.read(resource, "accessLogs.enabled") === true ? undefined : "it has no access logs: nobody can say who asked for what",
  ),
  each("ELB.6", "Load balancers can't be deleted by accident", loadBalancer, "Set deletionProtection to true.", ({ inputs }) =>
    inputs.enableDeletionProtection === true ? undefined : "enableDeletionProtection is not true",
  ),
  application(
    "ELB.12",
    "Desync attacks are mitigated",
    ({ inputs }) =>
      !["defensive", "strictest"].includes(String(inputs.desyncMitigationMode ?? "defensive")) &&
      `desyncMitigationMode is ${String(inputs.desyncMitigationMode)}`,
    "Set it to defensive or strictest.",
  ),
  each("ELB.13", "Load balancers are in several zones", loadBalancer, "Give it subnets in two zones.", ({ inputs }) => {
    const subnets = inputs.subnets as unknown[] | undefined;
    return Array.isArray(subnets) && subnets.length < 2 ? `it has ${subnets.length} subnet` : undefined;
  }),
  application(
    "ELB.16",
    "Load balancers have a firewall",
    (resource, plan) =>
      plan.attachedTo(resource, "aws:wafv2/webAclAssociation:WebAclAssociation", "resourceArn").length === 0 && "it has no web ACL",
    "Give it a webAcl.",
  ),
  each("ELB.17", "TLS is 1.2 or newer", listener, `Set it to ${recommendedPolicies[0]}.`, ({ inputs: { protocol, sslPolicy } }) =>
    ["HTTPS", "TLS"].includes(String(protocol)) && !recommendedPolicies.includes(String(sslPolicy))
      ? `sslPolicy is ${sslPolicy === undefined ? "not set" : String(sslPolicy)}`
      : undefined,
  ),
];
