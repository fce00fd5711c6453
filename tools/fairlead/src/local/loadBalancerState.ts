import { loadBalancerService, loadBalancerStatusPort, networkHolder } from "@fairlead/local";

import type { ComposeEngine } from "./composeEngine";
import type { LocalContainer } from "./containers";

/** How the load balancer sees a task. */
export interface TargetState {
  /** Whether it sends requests to it. */
  isServing: boolean;
  /** What its last health check got, where that was nothing that it takes: `is answered with 404`. */
  check?: string;
}

/**
 * Which tasks the load balancer sends requests to, by its own health checks.
 *
 * @returns undefined of a task that it has no target for, as where no listener uses the task's target group, and of each where it can't be asked
 */
export async function targetStates(
  { engine }: ComposeEngine,
  containers: readonly LocalContainer[],
): Promise<(task: string) => TargetState | undefined> {
  const balancer = containers.find(({ service }) => service === loadBalancerService);
  if (balancer?.state !== "running") return () => (balancer ? { isServing: false } : undefined);
  const { stdout } = await engine.call(["port", balancer.id, String(loadBalancerStatusPort)], { timeoutSeconds: 10 });
  const address = /127\.0\.0\.1:\d+/.exec(stdout)?.[0];
  const rows = address === undefined ? [] : await servers(address).catch(() => []);
  return (task) => {
    const own = rows.filter(({ server }) => server === networkHolder(task));
    if (own.length === 0) return undefined;
    // Before 3.1 HAProxy takes a target for up until its first check.
    const isServing = own.some(({ status, check }) => /^(UP|no check)/i.test(status) && check !== "INI");
    const check = isServing ? undefined : own.map(checkText).find((text) => text !== undefined);
    return { isServing, ...(check !== undefined && { check }) };
  };
}

/** @see https://docs.haproxy.org/3.2/management.html#9.1: `check_status` and `check_code`. */
function checkText({ check, code }: Server): string | undefined {
  // With a star while another check runs.
  const status = check.replace(/^\* /, "");
  if (status === "L7STS") return `is answered with ${code}`;
  if (/^L[467]TOUT$/.test(status)) return "gets no answer in time";
  if (status === "L4CON") return "gets no connection";
  return status === "L7RSP" ? "gets an answer that is not HTTP" : undefined;
}

interface Server {
  server: string;
  status: string;
  check: string;
  code: string;
}

async function servers(address: string): Promise<Server[]> {
  const answer = await fetch(`http://${address}/;csv`, { signal: AbortSignal.timeout(2000) });
  const [header = "", ...lines] = (await answer.text()).split("\n");
  const columns = header.replace(/^# /, "").split(",");
  const valuesOf = (line: string) => {
    const cells = line.split(",");
    return (column: string) => cells[columns.indexOf(column)] ?? "";
  };
  return lines
    .map(valuesOf)
    .map((value) => ({ server: value("svname"), status: value("status"), check: value("check_status"), code: value("check_code") }));
}
