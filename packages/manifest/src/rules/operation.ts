import { closest, fargateCapacityProviders, isSchedule, scalingTargets, scalingValues, scheduleForms, withDefaults } from "@fairlead/model";

import type { Diagnostic } from "../diagnostic";
import { onFargate } from "../onFargate";
import type { Rule } from "./rule";

/** The least may not be more than the most. */
export const scaling: Rule = ({ spec, locate, offers }) => {
  if (!spec.scaling) return [];
  const { minCapacity, maxCapacity, messagesPerTask } = withDefaults(spec.scaling, scalingValues);
  const found: Diagnostic[] = [];
  if (minCapacity > maxCapacity) {
    found.push({
      code: "FL1019",
      ...locate(["scaling", "minCapacity"]),
      problem: `scaling.minCapacity is ${minCapacity}, maxCapacity is ${maxCapacity}`,
      expected: "minCapacity at most maxCapacity",
      consequence: "Application Auto Scaling would refuse it.",
      fix: `Set minCapacity to ${maxCapacity} or less, or raise maxCapacity.`,
    });
  }
  const names = (spec.scaling.customMetrics ?? []).map(({ name }) => name);
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) === index && !scalingTargets.includes(name)) continue;
    found.push({
      code: "FL1019",
      ...locate(["scaling", "customMetrics", index, "name"]),
      problem: `scaling.customMetrics.${index}.name is "${name}", the name of another target`,
      expected: `a name of its own, and none of ${scalingTargets.join(", ")}`,
      fix: "Rename it.",
    });
  }
  const hasQueue = spec.uses.some(({ name, access }) => offers.data?.[name] === "queue" && access !== "write");
  if (messagesPerTask !== undefined && !hasQueue) {
    found.push({
      code: "FL1019",
      ...locate(["scaling", "messagesPerTask"]),
      problem: "scaling.messagesPerTask counts the messages of a queue, and the service reads none",
      expected: "a queue in uses, with the access read or readWrite",
      fix: 'Add "uses: [{ name: … }]", or remove messagesPerTask.',
    });
  }
  return found;
};

/** Plain TCP needs a load balancer of its own kind. */
export const tcp: Rule = ({ spec, offers, locate }) => {
  if (!spec.tcp || offers.networkLoadBalancer) return [];
  return [
    {
      code: "FL1028",
      ...locate(["tcp"]),
      problem: "the service has tcp, and the environment has no network load balancer",
      expected: "tcp in an environment that has one",
      fix: "Remove tcp, or add a NetworkLoadBalancer to the environment's stack and tell servicesOf of it.",
    },
  ];
};

/** What is not for the internet needs a load balancer that is not there for it. */
export const internal: Rule = ({ spec, offers, locate }) => {
  if (!spec.internal || offers.internalLoadBalancer) return [];
  return [
    {
      code: "FL1028",
      ...locate(["internal"]),
      problem: "the service is internal, and the environment has no internal load balancer",
      expected: "internal in an environment that has one",
      fix: "Remove internal, or add a LoadBalancer with internal: true to the environment's stack and tell servicesOf of it.",
    },
  ];
};

/** Requests go to a container that there is, and that listens. */
export const targetContainer: Rule = ({ spec, locate }) => {
  const { targetContainer: wanted, name, sidecars } = spec;
  if (wanted === undefined || wanted === name || sidecars[wanted]?.containerPort !== undefined) return [];
  const listening = [name, ...Object.keys(sidecars).filter((each) => sidecars[each]!.containerPort !== undefined)];
  const suggestion = closest(wanted, listening);
  const isThere = sidecars[wanted] !== undefined;
  return [
    {
      code: "FL1021",
      ...locate(["targetContainer"]),
      problem: `targetContainer names "${wanted}", ${isThere ? "a sidecar without containerPort" : "no container of the task"}`,
      expected: `one of ${listening.join(", ")}`,
      fix: isThere ? `Give sidecars.${wanted} its containerPort.` : suggestion ? `Did you mean "${suggestion}"?` : "Add the sidecar.",
    },
  ];
};

/** Containers wait for containers that there are, and for the health of those that have a check. */
export const dependencies: Rule = ({ spec, locate }) => {
  const all = [
    { name: spec.name, path: [] as string[], dependsOn: spec.dependsOn, containerHealthCheck: spec.containerHealthCheck },
    ...Object.entries(spec.sidecars).map(([name, sidecar]) => ({ name, path: ["sidecars", name], ...sidecar })),
  ];
  return all.flatMap(({ name, path, dependsOn = {} }) => {
    const others = all.filter((container) => container.name !== name);
    const where = [...path, "dependsOn"];
    return Object.entries(dependsOn).flatMap(([waitedFor, condition]): Diagnostic[] => {
      const found = others.find((container) => container.name === waitedFor);
      const place = { code: "FL1021" as const, ...locate([...where, waitedFor]) };
      if (!found) {
        const names = others.map((container) => container.name);
        const suggestion = closest(waitedFor, names);
        return [
          {
            ...place,
            problem: `${where.join(".")} names "${waitedFor}", no other container of the task`,
            expected: names.length > 0 ? `one of ${names.join(", ")}` : "a container of the task, and there is no other",
            fix: suggestion ? `Did you mean "${suggestion}"?` : "Remove it, or add the sidecar.",
          },
        ];
      }
      if (condition !== "HEALTHY" || (found.containerHealthCheck && found.containerHealthCheck.command[0] !== "NONE")) return [];
      return [
        {
          ...place,
          problem: `${where.join(".")} wants "${waitedFor}" to be HEALTHY, and it has no containerHealthCheck`,
          expected: "a container with a containerHealthCheck, or START, COMPLETE or SUCCESS",
          consequence: "ECS would refuse the task definition.",
          fix: `Add ${[...found.path, "containerHealthCheck"].join(".")}, or wait for START.`,
        },
      ];
    });
  });
};

/** Instances are chosen, and their network shared, on EC2 only; a strategy names capacity that there is. */
export const capacity: Rule = ({ spec, offers, locate }) => {
  const known = [...fargateCapacityProviders, ...(offers.capacityProviders ?? [])];
  const found: Diagnostic[] = (spec.capacityProviderStrategy ?? []).flatMap(({ capacityProvider }, index) => {
    if (known.includes(capacityProvider)) return [];
    const suggestion = closest(capacityProvider, known);
    return [
      {
        code: "FL1022" as const,
        ...locate(["capacityProviderStrategy", index, "capacityProvider"]),
        problem: `capacityProviderStrategy.${index} names "${capacityProvider}", capacity that the environment does not have`,
        expected: `one of ${known.join(", ")}`,
        fix: suggestion ? `Did you mean "${suggestion}"?` : "Name capacity that the cluster has.",
      },
    ];
  });
  const onlyOnEc2 = [
    ...(spec.networkMode && spec.networkMode !== "awsvpc" ? ["networkMode"] : []),
    ...(spec.placement ? ["placement"] : []),
  ];
  if (onFargate(spec)) {
    for (const key of onlyOnEc2) {
      found.push({
        code: "FL1022",
        ...locate([key]),
        problem: `${key} needs EC2 instances, and the service runs on Fargate`,
        expected: "a capacityProviderStrategy with capacity of the cluster's own",
        fix: `Remove ${key}, or add capacityProviderStrategy.`,
      });
    }
  } else if (spec.assignPublicIp) {
    found.push({
      code: "FL1022",
      ...locate(["assignPublicIp"]),
      problem: "assignPublicIp is true, and the service runs on instances: ECS gives tasks a public address on Fargate alone",
      expected: "assignPublicIp with FARGATE or FARGATE_SPOT",
      fix: "Remove it: on instances tasks reach the internet as the private subnets do.",
    });
  }
  if (spec.securityGroups && (spec.networkMode ?? "awsvpc") !== "awsvpc") {
    found.push({
      code: "FL1022",
      ...locate(["securityGroups"]),
      problem: `securityGroups are of a task's own network interface, and with networkMode ${spec.networkMode} it has none: those of the instance count`,
      expected: "securityGroups with networkMode awsvpc",
      fix: "Remove securityGroups, or networkMode; or give the instances the groups.",
    });
  }
  return found;
};

/** AWS's cron has six fields, not Unix' five. */
export const schedules: Rule = ({ spec, locate }) => {
  const all = [
    { path: ["schedule"] as (string | number)[], value: spec.schedule, reader: "EventBridge Scheduler" },
    ...(spec.scaling?.schedules ?? []).map(({ schedule }, index) => ({
      path: ["scaling", "schedules", index, "schedule"],
      value: schedule,
      reader: "Application Auto Scaling",
    })),
  ];
  return all.flatMap(({ path, value, reader }): Diagnostic[] => {
    if (value === undefined || isSchedule(value)) return [];
    const unix = /^\S+( \S+){4}$/.test(value.replace(/^cron\(|\)$/g, ""));
    return [
      {
        code: "FL1023",
        ...locate(path),
        problem: `${path.join(".")} is ${JSON.stringify(value)}`,
        expected: scheduleForms,
        consequence: `${reader} would refuse it.`,
        fix: unix
          ? "It has Unix' five fields: add the year, and ? for day or weekday, such as cron(0 3 * * ? *)."
          : "Write it in one of the three forms.",
      },
    ];
  });
};

/** SSM's agent, which ECS Exec puts into the container, writes to its root file system. */
export const executeCommand: Rule = ({ spec, locate }) => {
  if (!spec.enableExecuteCommand || spec.readonlyRootFilesystem === false) return [];
  return [
    {
      code: "FL1027",
      ...locate(["enableExecuteCommand"]),
      problem: "enableExecuteCommand is true, and the container's root file system can't be written",
      expected: "readonlyRootFilesystem: false beside it",
      consequence: "`aws ecs execute-command` would fail in every task.",
      fix: "Add readonlyRootFilesystem: false, best in one environment only, or remove enableExecuteCommand.",
    },
  ];
};
