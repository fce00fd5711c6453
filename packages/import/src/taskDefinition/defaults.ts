import type { DifferingDefault } from "../write/imported";

/** What is otherwise without any key that says so. Each is told once in the report. */
export const differingDefaults: readonly DifferingDefault[] = [
  {
    what: "The service",
    before: "its number of tasks, subnets, security groups, load balancer and scaling stand in the ECS service, not in the task definition",
    fairlead: "one task in public subnets, behind a load balancer where it has a port",
    why: "Write desiredCount, scaling, healthCheck and routes as the service has them: `aws ecs describe-services` says it.",
  },
  {
    what: "Roles",
    before: "the two roles that it names",
    fairlead: "two roles of its own, which may do what uses, secrets and permissions say",
    why: "What the old task role may: `aws iam list-attached-role-policies`, `aws iam list-role-policies`.",
  },
  {
    what: "User",
    before: "the image's own",
    fairlead: "1000:1000 by default; imported services have user: image, as they had",
    why: "Better: end the Dockerfile with USER 1000, once what the program writes belongs to it, and remove the key.",
  },
  {
    what: "Files of the image",
    before: "can be written",
    fairlead: "can't be written by default; imported services have readonlyRootFilesystem: false, as they had",
    why: "Remove the key where a service writes nothing but what writableMounts name.",
  },
  {
    what: "Image",
    before: "by a tag that may move",
    fairlead: "at the digest that it has when it is first deployed, and is inspected before",
    why: "What was tested is what runs, in every task.",
  },
  {
    what: "First process",
    before: "the program itself",
    fairlead: "an init process that reaps zombies and forwards signals",
    why: "A shell as first process hands no SIGTERM on.",
    back: "initProcessEnabled: false",
  },
];
