import { quoted } from "@fairlead/model";

import type { Facts } from "../facts";
import { valueOf } from "../gather/lookout";
import { addresses, capacity, interfaces } from "./startPlaces";
import type { Told } from "./told";

interface PlaceRule {
  pattern: RegExp;
  told(message: string, facts: Facts): Told;
}

const simple =
  (cause: Told["cause"], problem: string, fix: string, more: Partial<Told> = {}) =>
  (): Told => ({ cause, certainty: "sure", problem, fix, ...more });

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html */
const rules: readonly PlaceRule[] = [
  {
    pattern: /No Container Instances were found/i,
    told: simple(
      "no-container-instances",
      "the cluster has no instance",
      "Let the Auto Scaling group start instances, and look whether their agent reaches ECS; or run on FARGATE.",
      { key: "capacityProviderStrategy" },
    ),
  },
  { pattern: /missing an attribute|constraint|MemberOf|distinctInstance|did not satisfy/i, told: constraint },
  { pattern: /network interface|RESOURCE:ENI/i, told: interfaces },
  {
    pattern:
      /insufficient (?:CPU|memory|GPU)|RESOURCE:(?:CPU|MEMORY|GPU|PORTS)|already using a port|insufficient .* available|encountered error "(?:RESOURCE|AGENT)/i,
    told: noRoom,
  },
  { pattern: /no container instance met all of its requirements/i, told: noRoom },
  {
    pattern: /limit on the number of (?:vCPUs|tasks)|limit of .*(?:vCPU|concurrent)/i,
    told: (message, facts) => {
      const quota = facts.gathered.quotas.find(({ QuotaName = "" }) => /vCPU/.test(QuotaName));
      return {
        ...{ cause: "task-quota", certainty: "sure" },
        problem: `the account's quota of ${/vCPU/.test(message) ? "vCPUs" : "tasks"} on Fargate is used up${quota ? `: ${quota.QuotaName} is ${quota.Value}` : ""}`,
        fix: "Have the quota raised, or run fewer or smaller tasks.",
        commands: [
          `aws service-quotas request-service-quota-increase --service-code fargate --quota-code ${quota?.QuotaCode ?? "L-3032A538"} --desired-value <vCPUs>`,
        ],
      };
    },
  },
  { pattern: /insufficient free (?:IP )?addresses|free addresses|IP addresses/i, told: addresses },
  { pattern: /Capacity is unavailable|capacity .*(?:unavailable|not available)|unable to provision/i, told: capacity },
  {
    pattern: /operations are being throttled|Rate exceeded|ThrottlingException/i,
    told: simple(
      "ecs-throttled",
      "AWS throttles what ECS does for the service",
      "Wait: ECS tries again by itself. Deploy fewer services at once.",
    ),
  },
  {
    pattern: /Reason: Internal error/i,
    told: simple(
      "no-capacity-fargate",
      "ECS has an internal error as it places the task: mostly a subnet in a zone that Fargate does not offer",
      "Take zones that Fargate offers for the environment's subnets.",
      { certainty: "perhaps" },
    ),
  },
  {
    pattern: /unable to stop or start tasks during a deployment because of the service deployment configuration/i,
    told: (_, facts) => {
      const { minimumHealthyPercent = 100, maximumPercent = 200 } =
        facts.deployment?.deploymentConfiguration ?? facts.service?.deploymentConfiguration ?? {};
      return {
        ...{ cause: "tasks-not-started", certainty: "sure", key: "deployment.maximumPercent" },
        problem: `ECS may neither stop an old task nor start a new one: minimumHealthyPercent is ${minimumHealthyPercent}, maximumPercent ${maximumPercent}`,
        changes: [{ path: ["deployment", "maximumPercent"], value: 200 }],
        fix: "Let more tasks run at once while deploying, or fewer stay healthy.",
      };
    },
  },
  {
    pattern: /platform .*(?:does not satisfy|not supported|version)|requested capabilities are not supported/i,
    told: (_, facts) => ({
      ...{ cause: "platform-version", certainty: "sure" },
      problem: `the platform version${platformText(facts)} can't run the task`,
      fix: "Let the service run on LATEST: deploy it again.",
    }),
  },
  {
    pattern:
      /unable to assume the (?:service.linked )?role|AWSServiceRoleForECS|not authorized to perform: (?:elasticloadbalancing|servicediscovery|ec2)/i,
    told: simple(
      "service-linked-role",
      "ECS may not do for the service what it needs",
      "Make its service-linked role again, and let the account's policies allow it.",
      { commands: ["aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com"] },
    ),
  },
];

function platformText({ service, revision }: Facts): string {
  const version = revision?.platformVersion ?? service?.platformVersion;
  return version ? ` ${version}` : "";
}

function constraint(message: string, facts: Facts): Told {
  const expressions = [...(facts.service?.placementConstraints ?? []), ...(facts.definition?.placementConstraints ?? [])].map(
    ({ type, expression }) => expression ?? type,
  );
  const wanted = facts.definition?.runtimePlatform?.cpuArchitecture;
  const architectures = (valueOf(facts.gathered.containerInstances) ?? []).flatMap(
    ({ attributes = [] }) => attributes.find(({ name }) => name === "ecs.cpu-architecture")?.value ?? [],
  );
  const isArchitecture = expressions.length === 0 && wanted !== undefined && architectures.length > 0;
  return {
    ...{ cause: "placement-constraint", certainty: "sure" },
    problem: isArchitecture
      ? `no instance has what the task needs (${wanted}); they are ${[...new Set(architectures)].join(", ")}`
      : `no instance satisfies the placement constraints${expressions.length > 0 ? `: ${quoted(expressions.join("; "))}` : ""}`,
    key: isArchitecture ? "runtimePlatform.cpuArchitecture" : "placement.constraints",
    fix: isArchitecture
      ? "Add instances of this architecture, or build the image and run the task for theirs."
      : "Add instances that satisfy the constraint, or take it out where the task doesn't need it.",
  };
}

function noRoom(message: string, facts: Facts): Told {
  const instances = valueOf(facts.gathered.containerInstances) ?? [];
  if (facts.gathered.containerInstances?.state === "seen" && instances.length === 0) return rules[0]!.told(message, facts);
  const scarce = /insufficient (\w+)|RESOURCE:(\w+)/i.exec(message)?.slice(1).find(Boolean)?.toLowerCase();
  const left = instances.map(({ ec2InstanceId, remainingResources = [], agentConnected }) => {
    const of = (name: string) => remainingResources.find((each) => each.name === name)?.integerValue;
    return `${ec2InstanceId}: ${of("CPU")} CPU units, ${of("MEMORY")} MiB${agentConnected ? "" : ", agent not connected"}`;
  });
  const { cpu = "?", memory = "?" } = facts.definition ?? {};
  return {
    ...{ cause: "no-capacity-ec2", certainty: "sure", key: scarce === "cpu" ? "cpu" : "memoryMiB" },
    problem: `no instance has room for a task of ${cpu} CPU units and ${memory} MiB${scarce ? ` (${scarce})` : ""}${left.length > 0 ? `; left are ${quoted(left.slice(0, 3).join("; "))}` : ""}`,
    fix: "Let the cluster have more or larger instances, or the task be smaller.",
  };
}

/** What words of ECS say where it finds no place for a task, in its events or as a task's end. */
export function placeTold(words: string, facts: Facts): Told | undefined {
  return rules.find(({ pattern }) => pattern.test(words))?.told(words, facts);
}
