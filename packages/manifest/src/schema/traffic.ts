import {
  accessOf,
  dataKinds,
  deregistrationValues,
  healthCheckValues,
  portRange,
  priorityRange,
  sourceIpsLimit,
  stickinessValues,
} from "@fairlead/model";
import { Type } from "@sinclair/typebox";

import { closed, oneOf, oneOrMore, options, serviceName } from "./typebox";

const routes = Type.Array(
  Type.Object(
    {
      path: Type.String({
        description: "Path pattern at the load balancer, such as /api/*.",
        pattern: "^/[A-Za-z0-9_.$/~\"'@:+&*?-]*$",
        maxLength: 128,
      }),
      host: Type.Optional(
        Type.String({
          description: "Host of the request, such as api.example.com. Any by default.",
          pattern: "^[A-Za-z0-9.*?-]+$",
          maxLength: 128,
        }),
      ),
      sourceIps: Type.Optional(
        Type.Array(Type.String({ pattern: "^[0-9a-fA-F.:]+/[0-9]{1,3}$" }), {
          description:
            "Ranges of addresses that it answers to, such as 192.0.2.0/24: what the load balancer sees, of a proxy in front the proxy's. Others get the next route that fits, or 404. Any by default.",
          minItems: 1,
          maxItems: sourceIpsLimit,
        }),
      ),
      priority: Type.Optional(
        Type.Integer({
          description:
            "Priority of its listener rule; the lower comes first. By default it comes from the route, the longer the earlier: for two routes that come to the same.",
          ...priorityRange,
        }),
      ),
      service: Type.Optional(serviceName("Service that answers. This one by default.")),
    },
    closed,
  ),
  { description: "Paths of the environment's load balancer. Without any, only services that call this one reach it.", minItems: 1 },
);

const accesses = [...new Set(dataKinds.flatMap((kind) => [...accessOf(kind)]))];

const uses = Type.Array(
  Type.Object(
    {
      name: Type.String({ description: "Name of a data resource of the environment.", minLength: 1 }),
      access: Type.Optional(
        oneOf(accesses, {
          description: "What the service may do. Each kind of data has its default, as the kinds in docs/service.yaml.md say.",
        }),
      ),
      as: Type.Optional(
        Type.Record(Type.String({ pattern: "^[a-z][A-Za-z]*$" }), oneOrMore({ pattern: "^[A-Za-z_][A-Za-z0-9_]*$" }), {
          description:
            "Variables of your own names for what it brings, besides the usual ones: { url: DATABASE_URL, host: DB_HOST }, or a list of names for one part. The parts of each kind of data stand below.",
        }),
      ),
      containerPath: Type.Optional(
        Type.String({
          description:
            "Where a file system is mounted, /mnt/<name> by default. Or the file that a secret is in, none by default: its folder, such as /run/secrets, has such files alone.",
          pattern: "^/.",
        }),
      ),
    },
    closed,
  ),
  { description: "Data that the service is bound to: variables, permissions and the port for it, and nothing else." },
);

/** How a service is reached, and what it reaches. */
export const trafficKeys = {
  targetContainer: Type.Optional(
    Type.String({
      description:
        "Container that load balancers and other services reach, on its containerPort: a sidecar such as a proxy, which hands requests on to the service's own. Its own by default.",
      minLength: 1,
    }),
  ),
  routes: Type.Optional(routes),
  tcp: Type.Optional(
    Type.Object(
      { port: Type.Integer({ description: "Port of the environment's network load balancer.", ...portRange }) },
      { ...closed, description: "Plain TCP through the environment's network load balancer." },
    ),
  ),
  healthCheck: Type.Optional(
    options(
      {
        path: Type.String({ description: "Path that answers 2xx when the task can serve.", pattern: "^/", ...healthCheckValues.path }),
        intervalSeconds: Type.Integer({ description: "Seconds between checks.", ...healthCheckValues.intervalSeconds }),
        timeoutSeconds: Type.Integer({
          description: "Seconds until a check has failed; less than intervalSeconds.",
          ...healthCheckValues.timeoutSeconds,
        }),
        matcher: Type.String({
          description: "Answers that count as healthy.",
          pattern: "^\\d{3}(-\\d{3})?(,\\d{3}(-\\d{3})?)*$",
          ...healthCheckValues.matcher,
        }),
        healthyThresholdCount: Type.Integer({
          description: "Checks in a row that must succeed before a target that failed gets requests again.",
          ...healthCheckValues.healthyThresholdCount,
        }),
        unhealthyThresholdCount: Type.Integer({
          description: "Checks in a row that must fail before a target gets no requests, and ECS ends its task.",
          ...healthCheckValues.unhealthyThresholdCount,
        }),
        gracePeriodSeconds: Type.Integer({
          description:
            "Seconds after a task's start in which ECS does not end it for failed checks: as long as the program takes to be ready.",
          ...healthCheckValues.gracePeriodSeconds,
        }),
      },
      "The load balancer's health check.",
    ),
  ),
  deregistrationDelaySeconds: Type.Optional(
    Type.Integer({
      description: "Seconds that a task which is leaving may finish its requests.",
      ...deregistrationValues.deregistrationDelaySeconds,
    }),
  ),
  internal: Type.Optional(
    Type.Boolean({
      description:
        "True: its routes are at the environment's internal load balancer, which the VPC reaches and networks connected to it, and nobody else.",
      default: false,
    }),
  ),
  stickinessSeconds: Type.Optional(
    Type.Integer({
      description:
        "Seconds that the requests of a client go to the task that answered its first one, by a cookie of the load balancer's. Without it, each goes to any task. A client whose task ends goes to another one: what has to outlive a task belongs into a cache or a table.",
      ...stickinessValues.stickinessSeconds,
    }),
  ),
  calls: Type.Optional(
    Type.Array(serviceName("Name of a service."), {
      description:
        "Services that this one calls. Each gives it <NAME>_URL and opens the other's port to it. With Service Connect it is rolled out after them.",
      uniqueItems: true,
    }),
  ),
  publicUrls: Type.Optional(
    Type.Record(Type.String({ pattern: "^[A-Za-z_][A-Za-z0-9_]*$" }), serviceName("Name of a service, also this one."), {
      description:
        "Variables with the addresses at which others than services find a service, such as for links and allowed origins: the host of its first route that has one without wildcards, else what its load balancer is called. One with tcp alone has http://, that name and the port.",
    }),
  ),
  uses: Type.Optional(uses),
};
