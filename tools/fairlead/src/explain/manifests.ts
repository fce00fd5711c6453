import { diagnosticCodes, type DiagnosticCode } from "@fairlead/manifest";

import type { Explanations } from "./explanation";

const texts: Record<DiagnosticCode, [meaning: string, fix: string, example?: string]> = {
  FL1001: [
    "The file is not YAML 1.2, or its anchors unfold into more than a manifest can hold. Only the first slip is told, because the ones after it mostly follow from it.",
    "Look at the line and the one above it: indentation by spaces alone, a space after each colon, quotes that close.",
  ],
  FL1002: [
    "A key that no manifest has in this place, or one that stands twice. A key with a slip of the pen would otherwise do nothing, without a word.",
    "Take the name that is proposed, or see docs/service.yaml.md for the map that has the key.",
  ],
  FL1003: [
    "The value is of another type than the key takes.",
    "Write it as asked. Numbers and yes/no that are meant as text want quotes.",
    'environment:\n  RETRIES: "3"',
  ],
  FL1004: ["A key is missing that this kind of service, or this map, can't do without.", "Add it."],
  FL1005: [
    "The type is right and the value is not: out of its limits, none of the choices, or of another form.",
    "Take one that is allowed; the message lists them.",
  ],
  FL1006: [
    "Fargate offers certain pairs of CPU and memory only, and ECS refuses a task definition with another one.",
    "Take one of the sizes in the message. Services on EC2 capacity are free to choose.",
    "cpu: 512\nmemoryMiB: 1024",
  ],
  FL1007: [
    "`calls`, `before` or a route's `service` names a service that has no manifest in this repository.",
    "Correct the name, or add the service.",
  ],
  FL1008: [
    "There is no Dockerfile where the manifest says, or where it is looked for.",
    "Add one beside service.yaml, or name it in build.dockerfile.",
    "build:\n  dockerfile: docker/Dockerfile",
  ],
  FL1009: [
    "The image is not built for the CPU that its tasks run on. The container would die with `exec format error`.",
    "Remove build.platforms: the platforms then follow runtimePlatform.cpuArchitecture.",
    "runtimePlatform:\n  cpuArchitecture: ARM64",
  ],
  FL1010: ["Two manifests have the same name. Names are those of AWS resources, and of hosts.", "Rename one."],
  FL1011: [
    "Two services claim the same path and host of the load balancer. Only one of them would ever answer.",
    "Change one of the paths, or give the routes different hosts.",
  ],
  FL1012: [
    "A check may take as long as the time until the next one, or longer. AWS refuses that.",
    "Make timeoutSeconds less than intervalSeconds.",
  ],
  FL1013: [
    "`environments` names an environment without a stack. What stands there would never apply.",
    "Correct the name, or add the stack: `npx fairlead new environment`.",
  ],
  FL1014: ["The kind of the service has no such key, so it would do nothing.", "Remove it, or change kind."],
  FL1015: [
    "A variable holds a bare host name, as in Compose. On ECS nothing answers to it: services find each other through `calls`, data through `uses`.",
    "Name the service under calls, or the data under uses; both give the variables with the right address.",
    "calls: [search]\nuses:\n  - name: orders",
  ],
  FL1016: [
    "`uses` names data that the environment does not declare.",
    "Correct the name, or have the platform team declare it in stacks/data.ts.",
  ],
  FL1017: [
    "A secret has no source or several, or its variable is in `environment` as well.",
    "Keep one of secretsManager and ssm. An environment's override in one form unsets the other by itself.",
    "secrets:\n  API_KEY: { ssm: /shop/api-key }",
  ],
  FL1018: [
    "The image of a sidecar has no version, or `latest`. Nobody could say what runs.",
    "Name a version or a digest. Versions are pinned to their digest when they are first deployed.",
  ],
  FL1019: [
    "The limits of scaling contradict each other, or count messages of a queue that the service does not read.",
    "Correct the limits, or bind the queue under uses.",
  ],
  FL1020: [
    "BLUE_GREEN, CANARY and LINEAR shift traffic, and no load balancer leads to the service.",
    "Give it a route, or leave the strategy ROLLING.",
  ],
  FL1021: ["`dependsOn` names no other container of the task.", "Correct the name, or add the sidecar."],
  FL1022: [
    "The service asks for capacity that the cluster has not, or for what only EC2 instances have.",
    "Name one of the cluster's capacity providers, or remove the key.",
  ],
  FL1023: [
    "Not one of EventBridge's three forms. Its cron has six fields: minutes, hours, day, month, weekday, year, with ? for day or weekday.",
    "Write it in one of the forms.",
    "schedule: cron(0 3 * * ? *)",
  ],
  FL1024: [
    "The load balancer's quota of listener rules would be exceeded, which `up` would meet half-way through.",
    "Join routes, or have the quota raised and set loadBalancerRules in the stack's configuration.",
  ],
  FL1025: ["Another service calls this one, or a route leads to it, and it listens on no port.", "Add containerPort."],
  FL1026: ["A job waits for a job. Jobs run before services, all of them, in no order.", "Do both in one job."],
  FL1027: [
    "ECS Exec's agent writes to the root file system, which can't be written.",
    "Set readonlyRootFilesystem: false where you need ECS Exec.",
    "environments:\n  dev:\n    enableExecuteCommand: true\n    readonlyRootFilesystem: false",
  ],
  FL1028: ["`tcp` needs a network load balancer, and the environment has none.", "Remove it, or have one added to the environment."],
  FL1029: [
    "A FROM of the Dockerfile names one platform, so the image would be that platform's whatever is asked for.",
    "Remove --platform, or write --platform=$TARGETPLATFORM; $BUILDPLATFORM in stages that only cross-compile.",
    "FROM --platform=$BUILDPLATFORM golang:1.26 AS build",
  ],
  FL1030: [
    "A RUN would have to run programs of a platform that the builder can't run.",
    "Cross-compile in a stage of $BUILDPLATFORM, use a builder with that platform, or install emulation (binfmt).",
  ],
  FL1031: ["build.context names a folder that is not there.", "Correct it. It is relative to the manifest."],
  FL1032: [
    "The task is larger than the platform team allows in this environment.",
    "Make it smaller there, or ask the platform team: the message says where the guard rail is set.",
    "environments:\n  prod:\n    cpu: 2048",
  ],
  FL1033: [
    "The platform team asks each service in this environment for an owner, so that whoever is on call knows whom to wake.",
    "Add it.",
    "owner: shop",
  ],
  FL1034: ["The platform team asks each service in this environment for this tag.", "Add it.", 'tags:\n  cost-center: "4711"'],
  FL1035: [
    "The service may have more tasks than the platform team allows in this environment.",
    "Lower desiredCount, or scaling.maxCapacity.",
  ],
};

/** What can be wrong with a service.yaml. */
export const manifests: Explanations = Object.fromEntries(
  Object.entries(texts).map(([code, [meaning, fix, example]]) => [
    code,
    { title: diagnosticCodes[code as DiagnosticCode], meaning, fix, example },
  ]),
);
