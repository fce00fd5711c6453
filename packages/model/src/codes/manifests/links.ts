import type { Explanations } from "../explanation";

/** What services say of each other, of data and of the load balancer. */
export const linkCodes = {
  FL1007: {
    title: "unknown service",
    meaning: "`calls`, `before` or a route's `service` names a service that has no manifest in this repository.",
    fix: "Correct the name, or add the service.",
  },
  FL1010: {
    title: "service name used twice",
    meaning: "Two manifests have the same name. Names are those of AWS resources, and of hosts.",
    fix: "Rename one.",
  },
  FL1011: {
    title: "path used twice",
    meaning: "Two services claim the same path and host of the load balancer. Only one of them would ever answer.",
    fix: "Change one of the paths, or give the routes different hosts.",
  },
  FL1015: {
    title: "host that nothing provides",
    meaning:
      "A variable holds a bare host name, as in Compose. On ECS nothing answers to it: services find each other through `calls`, data through `uses`.",
    fix: "Name the service under calls, or the data under uses; both give the variables with the right address.",
    example: "calls: [search]\nuses:\n  - name: orders",
  },
  FL1016: {
    title: "unknown data resource",
    meaning: "`uses` names data that the environment does not declare.",
    fix: "Correct the name, or have the platform team declare it in stacks/data.ts, by one of the kinds of @fairlead/data.",
    example: "sessions: cache(),",
  },
  FL1017: {
    title: "contradicting secret",
    meaning: "A secret has no source or several, or its variable is in `environment` as well.",
    fix: "Keep one of secretsManager and ssm. An environment's override in one form unsets the other by itself.",
    example: "secrets:\n  API_KEY: { ssm: /shop/api-key }",
  },
  FL1020: {
    title: "deployment without traffic to shift",
    meaning: "BLUE_GREEN, CANARY and LINEAR shift traffic, and no load balancer leads to the service.",
    fix: "Give it a route, or leave the strategy ROLLING.",
  },
  FL1024: {
    title: "too many routes",
    meaning: "The load balancer's quota of listener rules would be exceeded, which `up` would meet half-way through.",
    fix: "Join routes, or have the quota raised and set loadBalancerRules in the stack's configuration.",
  },
  FL1025: {
    title: "service without a port",
    meaning: "Another service calls this one, or a route leads to it, and it listens on no port.",
    fix: "Add containerPort.",
  },
  FL1026: {
    title: "job that waits for a job",
    meaning: "A job waits for a job. Jobs run before services, all of them, in no order.",
    fix: "Do both in one job.",
  },
  FL1028: {
    title: "no such load balancer",
    meaning: "`tcp` needs a network load balancer, and `internal` an internal one: the environment has none.",
    fix: "Remove it, or have one added to the environment.",
  },
  FL1036: {
    title: "name of a variable that the service has already",
    meaning:
      "A service gets variables by itself: AWS_REGION, PORT from containerPort, one for each service under calls, those of the data that it uses and of its tracing. A secret " +
      "has the name of such a variable, or a variable that of a secret which comes with data.",
    consequence: "ECS takes a name once, as a variable or as a secret, and refuses a task definition that has it as both.",
    fix: "Rename yours, or remove it. A variable of your own may take the place of a variable that is given, and a secret that of a secret.",
    example: "secrets:\n  ADMIN_PORT: { ssm: /shop/admin-port }",
  },
  FL1038: {
    title: "call that finds nobody",
    meaning:
      "A service is found by the addresses of its tasks in DNS, or, where the environment has Service Connect, by proxies beside the tasks of both. A task in networkMode bridge or " +
      "host has no address of its own; a job, a scheduled job, a service with `tcp` and a task in networkMode host have no proxy.",
    consequence: 'The task starts and fails with "getaddrinfo: Name or service not known".',
    fix: "Call it by a route of the load balancer, or through a queue; or run it in networkMode awsvpc.",
  },
  FL1039: {
    title: "calls in a circle",
    meaning:
      "Services of an environment with Service Connect call each other in a circle. Its proxies find only services that were there when the task was deployed, so each service is " +
      "rolled out after those that it calls.",
    consequence: "None of them could come first.",
    fix: "Remove one of the calls: let it go by a route of the load balancer, or through a queue.",
  },
  FL1040: {
    title: "calls past a shift of traffic",
    meaning:
      "A service comes out by BLUE_GREEN, CANARY or LINEAR, and others call it by its name in DNS. ECS shifts the traffic of load balancers and of Service Connect; Cloud Map answers " +
      "with the tasks of both revisions. A warning.",
    consequence: "Callers reach the new revision as soon as its tasks run, whatever part of the traffic it is to have.",
    fix: "Call it by a route of the load balancer, let the environment have Service Connect, or bring it out by ROLLING.",
  },
  FL1045: {
    title: "log group of two environments",
    meaning:
      "A service routes its logs to a log group of CloudWatch that comes with the environment, and by the manifests another environment makes one of that name. By their " +
      "configuration both may be in one account and region. A warning: they may be in two accounts that `aws:allowedAccountIds` does not name.",
    consequence:
      "An account has a log group once in a region: the `up` of the second environment ends with ResourceAlreadyExistsException.",
    fix:
      "Give each environment a name of its own, under `environments`. Where the logs of both belong together, make the log group elsewhere and set auto_create_group to " +
      '"false". For two accounts, name them: aws:allowedAccountIds.',
    example:
      "logRouting:\n  options: { Name: cloudwatch_logs, log_group_name: /shop/dev }\nenvironments:\n  prod:\n    logRouting:\n      options: { log_group_name: /shop/prod }",
  },
  FL1046: {
    title: "name that environments have",
    meaning:
      "A service has a log group and a repository of its name in each environment, and an environment has some for itself beside them: the log groups `exec` and `flow-logs`, the repository `build-cache`.",
    consequence:
      "Two would have one name, and AWS refuses the second. Environments without flow logs, or without that cache, would be the only ones to have the service.",
    fix: "Give the service another name.",
  },
  FL1047: {
    title: "priority used twice",
    meaning:
      "Two rules of the load balancer have the same priority. A rule's comes from its route alone, and two routes of the same length may come to the same one.",
    consequence:
      "AWS refuses a priority that is taken. It is not moved aside by itself: a rule that moves because another comes has to move back when that goes, before it is gone.",
    fix: "Say the priority of one of the two, the one that is new: the message names one that is free. Leave it there when the other route goes. A service that begins to shift traffic gets a rule beside the old one, and needs another.",
    example: "routes:\n  - path: /shop/*\n    priority: 45998",
  },
  FL1048: {
    title: "shifted rule in the place of another service's",
    meaning:
      "A request that fits routes of two services belongs to the one that says more of its path. All routes of a service that comes out by BLUE_GREEN, CANARY or LINEAR are one rule, as ECS shifts the " +
      "weights of one, and its place is that of the first route. A route of another service lies between them.",
    consequence: "One service would get requests of the other, without an error.",
    fix: "Put first the route whose place fits all, as the message says where there is one; or set deployment.strategy to ROLLING.",
    example: "routes:\n  - path: /*\n  - path: /static/assets/*",
  },
  FL1049: {
    title: "resource that two services would have",
    meaning:
      "Pulumi tells resources apart by their type, the types of what they belong to, and their name. Names are made of the service's and of what else they are for, such as shop-green, the second target group of a " +
      "service shop that shifts traffic and the first one of a service shop-green; or aa-b-c, the opening of the data b-c for aa, and of c for aa-b.",
    consequence: "The engine would refuse the second one (Duplicate resource URN), after it made others.",
    fix: "Rename the service, or the data, that is new.",
  },
} satisfies Explanations<"FL10">;
