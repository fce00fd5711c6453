import type { TargetGroup } from "@aws-sdk/client-elastic-load-balancing-v2";
import { healthCheckValues, quoted } from "@fairlead/model";

import type { Facts } from "../facts";
import type { Evidence, Finding } from "../finding";
import type { LogTail } from "../gather/gathered";
import { keyOf } from "./fixes";
import { readyLine, type Heard } from "./listening";

/** What the load balancer saw. */
export type HealthReason = { kind: "status"; status: number } | { kind: "timeout" } | { kind: "failed" } | { kind: "zone" };

interface Context {
  facts: Facts;
  group: TargetGroup | undefined;
  container: string | undefined;
  /** That the load balancer calls. */
  port: number;
  heard: readonly Heard[];
  log: LogTail | undefined;
}

const lineOf = ({ log }: Context, { line }: Heard): Evidence => ({ where: log ? `${log.group} ${log.stream}` : "log", saw: quoted(line) });

/** What to say and to do of each reason. */
export const healthFix = {
  status({ facts, group, container }: Context, { status }: { status: number }): Finding {
    const path = group?.HealthCheckPath ?? "/";
    const own = pathOfOwnCheck(facts, container);
    if (status === 404) {
      const to = own === path ? undefined : own;
      return {
        ...{ cause: "target-health-path", certainty: "sure", weight: 70, evidence: [], key: "healthCheck.path" },
        problem: `the load balancer asks for ${quoted(path)}, and the program answers 404: there is no such path`,
        ...(to && { changes: [{ path: ["healthCheck", "path"], value: to }] }),
        fix:
          to !== undefined
            ? `Ask for ${to}, as the container's own health check does.`
            : "Name a path that the program answers with 2xx without a login.",
      };
    }
    const matcher = group?.Matcher?.HttpCode ?? healthCheckValues.matcher.default;
    return {
      ...{
        cause: "target-health-status",
        certainty: "sure",
        weight: 65,
        evidence: [],
        key: "healthCheck.path",
      },
      problem: `the program answers ${quoted(path)} with ${status}, and ${matcher} counts as healthy`,
      fix: fixOfStatus(status),
    };
  },

  zone({ facts }: Context): Finding {
    const own = facts.gathered.subnets.flatMap(({ AvailabilityZone }) => AvailabilityZone ?? []);
    const balancers = facts.gathered.loadBalancers.flatMap(({ AvailabilityZones = [] }) =>
      AvailabilityZones.map(({ ZoneName }) => ZoneName),
    );
    const without = [...new Set(own)].filter((zone) => !balancers.includes(zone));
    return {
      ...{ cause: "target-not-in-zone", certainty: "sure", weight: 70, evidence: [] },
      problem: `tasks run in ${balancers.length > 0 && without.length > 0 ? without.join(", ") : "a zone"}, where the load balancer is not`,
      fix: "Give the load balancer a subnet in each zone of the tasks' subnets.",
    };
  },

  blocked({ port, facts }: Context, { tasks, balancer }: { tasks: string; balancer: string }): Finding {
    const rules = facts.gathered.securityGroups.get(tasks)?.IpPermissions ?? [];
    return {
      ...{ cause: "security-group-blocks-load-balancer", certainty: "sure", weight: 85, key: "containerPort" },
      problem: `no rule lets the load balancer (${balancer}) through to port ${port} of the tasks (${tasks})`,
      evidence: [{ where: tasks, saw: `${rules.length} rules that let something in; none to port ${port} from ${balancer}` }],
      fix: "Deploy again: the rule belongs to the service's route. `pulumi refresh` first, where somebody changed it by hand.",
      commands: [`aws ec2 authorize-security-group-ingress --group-id ${tasks} --protocol tcp --port ${port} --source-group ${balancer}`],
    };
  },

  loopback(context: Context, heard: Heard): Finding {
    const variable = loopbackVariable(context);
    const path = variable && context.facts.keyPath(context.container, "environment", variable);
    return {
      ...{
        cause: "listens-on-loopback",
        certainty: /127\.0\.0\.1|::1/.test(heard.line) ? "sure" : "perhaps",
        weight: 75,
        ...(path && { key: keyOf(path), changes: [{ path, value: "0.0.0.0" }] }),
      },
      problem: "the program listens on 127.0.0.1 alone, where nobody outside its container reaches it",
      evidence: [lineOf(context, heard)],
      fix: "Have it listen on 0.0.0.0: by the variable that it reads for this (HOST for many, HOSTNAME for Next.js), its option or its code.",
    };
  },

  port(context: Context, heard: Heard | undefined): Finding {
    // Of several it may be any: one may be for metrics.
    const isOnly = new Set(context.heard.map(({ port }) => port)).size === 1;
    const path = context.facts.keyPath(context.container, "containerPort");
    return {
      ...{
        cause: "target-health-port",
        certainty: heard && isOnly ? "sure" : "perhaps",
        weight: heard ? (isOnly ? 75 : 100) : 50,
        key: "containerPort",
      },
      problem: heard
        ? `the program listens on port ${heard.port}, and the load balancer calls ${context.port}`
        : `nothing answers on port ${context.port}, which the load balancer calls`,
      evidence: heard ? [lineOf(context, heard)] : [],
      ...(heard?.port && isOnly && { changes: [{ path, value: heard.port }] }),
      fix: "Let containerPort be the port that the program listens on, on 0.0.0.0. It finds it in the variable PORT.",
    };
  },

  timeout({ group, facts }: Context): Finding {
    const timeout = group?.HealthCheckTimeoutSeconds ?? healthCheckValues.timeoutSeconds.default;
    const cpu = Math.max(
      ...facts.gathered.metrics.filter(({ name }) => name === "CPUUtilization").flatMap(({ points }) => points.map(({ value }) => value)),
    );
    return {
      ...{ cause: "target-health-timeout", certainty: "perhaps", weight: 55, key: "healthCheck.timeoutSeconds" },
      problem: `the health check ${quoted(group?.HealthCheckPath ?? "")} is not answered within ${timeout} s`,
      evidence: Number.isFinite(cpu) ? [{ where: "CloudWatch", saw: `CPU within the last hour: ${Math.round(cpu)} % at most` }] : [],
      fix: "Let the path answer at once, or give the task more CPU. Where its answer takes longer by nature, raise healthCheck.timeoutSeconds.",
    };
  },

  gracePeriod({ group, facts, log }: Context, ran: number | undefined): Finding {
    const grace = facts.service?.healthCheckGracePeriodSeconds ?? 0;
    return {
      ...{ cause: "grace-period", certainty: "perhaps", weight: 65, key: "healthCheck.gracePeriodSeconds" },
      evidence: log?.lines.length
        ? [
            {
              where: `${log.group} ${log.stream}`,
              saw: quoted((log.lines.findLast(({ text }) => readyLine.test(text)) ?? log.lines.at(-1)!).text),
            },
          ]
        : [],
      problem: `tasks are stopped${ran ? ` ${Math.round(ran)} s after their start` : ""}, before they say that they are ready`,
      // As long again as it was let run, in whole minutes: how long it would have taken nobody has seen.
      changes: [{ path: ["healthCheck", "gracePeriodSeconds"], value: Math.ceil((2 * Math.max(ran ?? 0, grace)) / 60) * 60 || 60 }],
      fix: `Let the program start faster (more CPU helps), or be given more time: ECS waits ${grace} s, and then for ${group?.UnhealthyThresholdCount ?? 2} failed checks.`,
    };
  },
};

/** The variable by which the container is told to listen on its loopback, where there is one. */
function loopbackVariable({ facts, container }: Context): string | undefined {
  const { environment = [] } = facts.containers.find(({ name }) => name === container) ?? {};
  const listens = /^(?:HOST|HOSTNAME|BIND|BIND_HOST|BIND_ADDR|BIND_ADDRESS|LISTEN|LISTEN_HOST|LISTEN_ADDR|LISTEN_ADDRESS|SERVER_ADDRESS)$/;
  const found = environment.filter(({ name = "", value = "" }) => listens.test(name) && /^(?:127\.0\.0\.1|localhost|::1)$/.test(value));
  return found.length === 1 ? found[0]!.name : undefined;
}

/** What to do about a status that does not count. That it should count is for nobody to say who has not read the program. */
function fixOfStatus(status: number): string {
  if (status >= 500)
    return "Read its log: it is asked, and fails. A check that asks whether a database answers as well takes all tasks out at once when that does not.";
  if (status === 401 || status === 403)
    return "Let the program answer the path without a login, or name one that it answers so. A program that refuses everybody must not count as healthy.";
  if (status === 429) return "Let the program answer the path whatever its limit of requests is, or name one that it does not limit.";
  if (status >= 300 && status < 400) return "Name the path that it leads to, or let the program answer this one itself.";
  return "Name a path that the program answers with a status that counts.";
}

/** The path that the container's own health check asks for. */
function pathOfOwnCheck(facts: Facts, container: string | undefined): string | undefined {
  const command = facts.containers.find(({ name }) => name === container)?.healthCheck?.command ?? [];
  return /https?:\/\/[^/\s'"]+(\/[\w./-]*)/.exec(command.join(" "))?.[1];
}
