import { of } from "../workloadTypes";
import { rowsOf, type Row } from "./row";

const web = rowsOf(of.web);
const balanced = rowsOf(of.balanced);
const task = rowsOf(of.tasks);

/** Load balancers, and the network that tasks are in. */
export const trafficRows: readonly Row[] = [
  balanced.exact("http", "routes"),
  web.exact("http.alb", "new ExistingLoadBalancer(…)"),
  ...ruleRows("http."),
  web.exact("http.targetContainer", undefined),
  ...ruleRows("http.additional_rules[]."),
  ...listenerRows("nlb."),
  ...listenerRows("nlb.additional_listeners[]."),
  web.changed("nlb.alias", "NetworkLoadBalancer", "the name is led to the environment's network load balancer where its DNS is, by you.", {
    whole: true,
  }),
  task.exact("network.vpc.placement", "assignPublicIp"),
  task.decide(
    "network.vpc.placement.subnets",
    "Tasks run in the private subnets of the environment's network: new Network(…) in its stack says which.",
    { whole: true },
  ),
  task.exact("network.vpc.security_groups.deny_default", undefined),
  task.decide(
    "network.vpc.security_groups",
    "securityGroups takes groups of the VPC that the environment has, and Copilot's were in a VPC that it made. Where the stack adopts that one, or you make the groups in the new one, write their ids there.",
    { whole: true },
  ),
  task.changed(
    "network.connect",
    "calls",
    "services find each other by DNS (<service>.<environment>.<application>.local), which Copilot's have as well. Plain names need Service Connect: serviceConnect in the stack.",
  ),
  task.decide(
    "network.connect.alias",
    "Callers know it by this name. Here a service has its own: change the callers, or the service's name.",
  ),
];

/** One rule of the load balancer's. */
function ruleRows(prefix: string): Row[] {
  const main = prefix === "http.";
  const checked = (key: string, to: string) =>
    main
      ? balanced.exact(`${prefix}${key}`, to)
      : balanced.changed(`${prefix}${key}`, "healthCheck", "a service has one health check for all its routes: that of http itself.");
  return [
    balanced.exact(`${prefix}path`, "routes[].path"),
    balanced.exact(`${prefix}alias`, "routes[].host"),
    balanced.exact(`${prefix}alias[].name`, "routes[].host"),
    balanced.changed(
      `${prefix}alias[].hosted_zone`,
      "hostedZoneId",
      "the environment's own name has its record made by hostedZoneId of the stack's configuration; of a further name you make it.",
    ),
    balanced.changed(
      `${prefix}hosted_zone`,
      "hostedZoneId",
      "the environment's own name has its record made by hostedZoneId of the stack's configuration; of a further name you make it.",
    ),
    checked("healthcheck", "healthCheck.path"),
    checked("healthcheck.path", "healthCheck.path"),
    balanced.decide(`${prefix}healthcheck.port`, "The check goes to containerPort: have the program answer it there."),
    checked("healthcheck.success_codes", "healthCheck.matcher"),
    checked("healthcheck.healthy_threshold", "healthCheck.healthyThresholdCount"),
    checked("healthcheck.unhealthy_threshold", "healthCheck.unhealthyThresholdCount"),
    checked("healthcheck.interval", "healthCheck.intervalSeconds"),
    checked("healthcheck.timeout", "healthCheck.timeoutSeconds"),
    checked("healthcheck.grace_period", "healthCheck.gracePeriodSeconds"),
    balanced.exact(`${prefix}deregistration_delay`, "deregistrationDelaySeconds"),
    balanced.exact(`${prefix}target_container`, "targetContainer"),
    balanced.exact(`${prefix}target_port`, "containerPort"),
    main
      ? balanced.exact(`${prefix}stickiness`, "stickinessSeconds")
      : balanced.changed(`${prefix}stickiness`, "stickinessSeconds", "a service's routes are all sticky, or none is: as http itself says."),
    balanced.exact(`${prefix}allowed_source_ips`, "routes[].sourceIps", { whole: true }),
    balanced.exact(`${prefix}redirect_to_https`, "(with a certificate)"),
    balanced.decide(`${prefix}version`, "Tasks are spoken to in HTTP/1.1."),
  ];
}

/** One listener of the network load balancer. */
function listenerRows(prefix: string): Row[] {
  const main = prefix === "nlb.";
  return [
    main ? web.exact(`${prefix}port`, "tcp.port") : web.decide(`${prefix}port`, "A service has one port of the network load balancer."),
    web.exact(`${prefix}target_port`, "containerPort"),
    web.decide(
      `${prefix}target_container`,
      "Traffic goes to the service's own container: make the sidecar's program the service's, or have it listen there.",
    ),
    web.decide(
      `${prefix}ssl_policy`,
      "The network load balancer hands plain TCP on: end TLS in the program, or by a route of the other load balancer.",
    ),
    web.dropped(`${prefix}stickiness`, "connections of one client go to any task."),
    web.exact(`${prefix}deregistration_delay`, "deregistrationDelaySeconds"),
    web.dropped(`${prefix}healthcheck.port`, "the check goes to containerPort."),
    web.changed(
      `${prefix}healthcheck.healthy_threshold`,
      undefined,
      "two checks in a row tell the same: a target is taken in and left out a little earlier or later.",
    ),
    web.changed(
      `${prefix}healthcheck.unhealthy_threshold`,
      undefined,
      "two checks in a row tell the same: a target is taken in and left out a little earlier or later.",
    ),
    web.changed(
      `${prefix}healthcheck.interval`,
      undefined,
      "a check every 15 seconds: a target is taken in and left out a little earlier or later.",
    ),
    web.changed(`${prefix}healthcheck.timeout`, undefined, "a check without an answer has failed after 5 seconds."),
    web.decide(
      `${prefix}healthcheck.grace_period`,
      "A task has 60 seconds before a failed check counts. One that takes longer to answer is replaced again and again: have it listen earlier, or answer the check before it is ready for the rest.",
    ),
  ];
}
