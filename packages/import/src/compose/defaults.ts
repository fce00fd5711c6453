import type { DifferingDefault } from "../write/imported";

/** What is otherwise without any key that says so. Each is told once in the report. */
export const differingDefaults: readonly DifferingDefault[] = [
  {
    what: "Where it runs",
    before: "containers of one machine, which share its disk and its network",
    fairlead: "tasks on Fargate, each with an address and a disk of its own, in public subnets, so that no NAT gateway is paid for",
    why: "What one container writes another doesn't see, unless both are bound to a file system. For private subnets: natGateways and assignPublicIp in the stack.",
  },
  {
    what: "Ports",
    before: "each published port of the machine",
    fairlead: "one load balancer, on 80 and with a certificate on 443, which leads to services by path and host",
    why: "It asks each task for healthCheck.path, / by default, and sends requests to those that answer 200 to 299.",
  },
  {
    what: "Who reaches whom",
    before: "each service of a network each other, on every port, by its plain name",
    fairlead: "a security group for each service, opened for those that name it under calls, which find it as <service>.<domain>",
    why: "The calls below were inferred. One that is missing shows as a connection that times out: add it under calls.",
  },
  {
    what: "Order of starts",
    before: "depends_on",
    fairlead: "all side by side; a job with before ends first",
    why: "A task that ends because its database isn't there yet is started anew. A program that tries again itself is there sooner.",
  },
  {
    what: "Files of the image",
    before: "can be written",
    fairlead: "can't be written by default; imported services have readonlyRootFilesystem: false, as they had",
    why: "Remove the key where a service writes nothing but what writableMounts name. What is written is gone with the task.",
  },
  {
    what: "Size",
    before: "all of the machine",
    fairlead: "a quarter of a vCPU and 512 MiB, unless the file names limits",
    why: "A program that needs more is ended: `npx fairlead doctor` says so.",
    back: "cpu: 1024, memoryMiB: 2048",
  },
  {
    what: "Databases",
    before: "a container with a volume, and the login that the file names",
    fairlead: "Aurora and ElastiCache, with a login for each service, TLS and backups",
    why: "They cost by the hour: the plan below says what. Logins that stood in the file are not taken over.",
  },
  {
    what: "Logs",
    before: "docker compose logs, until the container is removed",
    fairlead: "a log group of the service, for 30 days: `npx fairlead logs`",
    why: "They outlive the task.",
  },
];
