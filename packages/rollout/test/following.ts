import { rollOut, type RolloutEnd, type RolloutRequest, type ServiceDeployment } from "../src";
import type { ScriptedEcs } from "./scriptedEcs";

export const request = { clusterArn: "arn:cluster/dev", serviceName: "api", taskDefinitionArn: "api:2", allowedMinutes: 30 };

/** Follows until it ends, on a clock that only waiting moves. */
export async function follow(
  script: ScriptedEcs,
  more: Partial<RolloutRequest> = {},
): Promise<{ end: RolloutEnd; minutes: number; seen: (string | undefined)[] }> {
  let now = 0;
  const seen: (string | undefined)[] = [];
  const end = await rollOut(
    { ...request, ...more },
    {
      ecs: script.ecs,
      sleep: (seconds) => Promise.resolve(void (now += seconds * 1000)),
      now: () => now,
      onProgress: ({ status }: ServiceDeployment) => void seen.push(status),
    },
  );
  return { end, minutes: now / 60_000, seen };
}

/** As the SDK throws it. */
export const awsError = (name: string, $fault: "client" | "server") => Object.assign(new Error("no"), { name, $fault });
