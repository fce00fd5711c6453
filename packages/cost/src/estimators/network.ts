import type { Estimator } from "./estimator";

const loadBalancer: Estimator = ({ inputs }, { cost, declared, hoursPerMonth }) => {
  const kind = inputs.loadBalancerType === "network" ? "network" : "application";
  return [
    cost(`${kind} load balancer`, `loadBalancer.${kind}`, hoursPerMonth),
    declared("its capacity units", `loadBalancer.${kind}.capacityUnit`, "capacityUnits", hoursPerMonth),
  ];
};

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
    cost(`interface endpoint in ${subnets} zones`, "interfaceEndpoint", subnets * hoursPerMonth),
    declared("its data", "interfaceEndpoint.data", "processedGiB"),
  ];
};

const webAcl: Estimator = ({ inputs }, { cost, declared }) => {
  const rules = Array.isArray(inputs.rules) ? inputs.rules.length : 0;
  return [
    cost("web ACL", "webAcl", 1),
    ...(rules > 0 ? [cost(`${rules} rules`, "webAcl.rule", rules)] : []),
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
