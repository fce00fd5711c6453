import type { CostContext, Estimator, Part } from "./estimator";

const loadBalancer: Estimator = ({ inputs }, { cost, declared, hoursPerMonth }) => {
  const kind = inputs.loadBalancerType ?? "application";
  if (kind !== "application" && kind !== "network") {
    return [{ what: `${typeof kind === "string" ? `${kind} ` : ""}load balancer`, unknown: "the file has no price of it" }];
  }
  return [
    cost(`${kind} load balancer`, `loadBalancer.${kind}`, hoursPerMonth),
    declared("its capacity units", `loadBalancer.${kind}.capacityUnit`, "capacityUnits", hoursPerMonth),
    ...(inputs.internal === true ? [] : [publicAddresses(inputs, cost, hoursPerMonth)]),
  ];
};

/** One for each zone at least; those that it is given are resources of their own. */
function publicAddresses({ subnets, subnetMappings }: Record<string, unknown>, cost: CostContext["cost"], hours: number): Part {
  const what = "its public IPv4 addresses";
  const [ids, mappings] = [subnets, subnetMappings].map((list) =>
    Array.isArray(list) ? (list as { allocationId?: unknown }[]) : undefined,
  );
  if (!ids && !mappings) return { what, unknown: "its subnets are known only after apply" };
  const count = mappings ? mappings.filter(({ allocationId }) => allocationId === undefined).length : ids!.length;
  return cost(`${what}, ${count} at least`, "publicIpv4", count * hours);
}

const endpoint: Estimator = ({ inputs }, { cost, declared, hoursPerMonth }) => {
  const kind = inputs.vpcEndpointType ?? "Gateway";
  // AWS charges nothing for these alone.
  if (kind === "Gateway") return [];
  if (kind !== "Interface") {
    const what = typeof kind === "string" ? `${kind} endpoint` : "endpoint";
    return [{ what, unknown: typeof kind === "string" ? "the file has no price of it" : "its type is known only after apply" }];
  }
  const subnets = Array.isArray(inputs.subnetIds) ? inputs.subnetIds.length : undefined;
  if (subnets === undefined) return [{ what: "interface endpoint", unknown: "its subnets are known only after apply" }];
  return [
    cost(`interface endpoint in ${subnets} ${subnets === 1 ? "zone" : "zones"}`, "interfaceEndpoint", subnets * hoursPerMonth),
    declared("its data", "interfaceEndpoint.data", "processedGiB"),
  ];
};

/** Rules of AWS's own that cost more than a rule does. */
const paidRules = [
  "AWSManagedRulesBotControlRuleSet",
  "AWSManagedRulesATPRuleSet",
  "AWSManagedRulesACFPRuleSet",
  "AWSManagedRulesAntiDDoSRuleSet",
];

const webAcl: Estimator = ({ inputs }, { cost, declared }) => {
  const rules = Array.isArray(inputs.rules) ? inputs.rules.length : 0;
  const paid = paidRules.filter((name) => JSON.stringify(inputs).includes(name));
  return [
    cost("web ACL", "webAcl", 1),
    ...paid.map((name) => ({ what: name, unknown: "the file has no price of it" })),
    ...(rules > 0 ? [cost(`${rules} ${rules === 1 ? "rule" : "rules"}`, "webAcl.rule", rules)] : []),
    declared("its requests", "webAcl.requests", "millionRequests"),
  ];
};

export const network: Record<string, Estimator> = {
  "aws:lb/loadBalancer:LoadBalancer": loadBalancer,
  "aws:ec2/vpcEndpoint:VpcEndpoint": endpoint,
  "aws:wafv2/webAcl:WebAcl": webAcl,
  "aws:cloudfront/distribution:Distribution": () => [
    { what: "CloudFront", unknown: "its requests and data; the file has no prices of them" },
  ],
};
