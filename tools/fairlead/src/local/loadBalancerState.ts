import { loadBalancerService, loadBalancerStatusPort, networkHolder } from "@fairlead/local";

import type { ComposeEngine } from "./composeEngine";
import type { LocalContainer } from "./containers";

/**
 * Which tasks the load balancer sends requests to, by its own health checks.
 *
 * @returns undefined of a task that it has no target for, as where no listener uses the task's target group, and of each where it can't be asked
 */
export async function servingTasks(
  { engine }: ComposeEngine,
  containers: readonly LocalContainer[],
): Promise<(task: string) => boolean | undefined> {
  const balancer = containers.find(({ service }) => service === loadBalancerService);
  if (balancer?.state !== "running") return () => (balancer ? false : undefined);
  const { stdout } = await engine.call(["port", balancer.id, String(loadBalancerStatusPort)], { timeoutSeconds: 10 });
  const address = /127\.0\.0\.1:\d+/.exec(stdout)?.[0];
  const rows = address === undefined ? [] : await servers(address).catch(() => []);
  return (task) => {
    const own = rows.filter(({ server }) => server === networkHolder(task));
    // Before 3.1 HAProxy takes a target for up until its first check.
    return own.length === 0 ? undefined : own.some(({ status, check }) => /^(UP|no check)/i.test(status) && check !== "INI");
  };
}

async function servers(address: string): Promise<{ server: string; status: string; check: string }[]> {
  const answer = await fetch(`http://${address}/;csv`, { signal: AbortSignal.timeout(2000) });
  const [header = "", ...lines] = (await answer.text()).split("\n");
  const columns = header.replace(/^# /, "").split(",");
  const [server, status, check] = ["svname", "status", "check_status"].map((name) => columns.indexOf(name)) as [number, number, number];
  return lines
    .map((line) => line.split(","))
    .map((cells) => ({ server: cells[server] ?? "", status: cells[status] ?? "", check: cells[check] ?? "" }));
}
