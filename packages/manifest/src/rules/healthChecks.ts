import { containerHealthCheckValues, withDefaults } from "@fairlead/model";

import type { Diagnostic } from "../diagnostic";
import type { ServiceSpec } from "../spec";
import type { Locate, Rule } from "./rule";

/** A check must be over before the next one begins. */
export const healthChecks: Rule = ({ spec: { healthCheck, containerHealthCheck, sidecars }, locate }) => [
  ...late(["healthCheck"], healthCheck, "Elastic Load Balancing", locate),
  ...late(["containerHealthCheck"], filled(containerHealthCheck), "ECS", locate),
  ...Object.entries(sidecars).flatMap(([name, sidecar]) =>
    late(["sidecars", name, "containerHealthCheck"], filled(sidecar.containerHealthCheck), "ECS", locate),
  ),
];

const filled = (check: ServiceSpec["containerHealthCheck"]) => check && withDefaults(check, containerHealthCheckValues);

function late(
  path: string[],
  check: { intervalSeconds: number; timeoutSeconds: number } | undefined,
  who: string,
  locate: Locate,
): Diagnostic[] {
  if (!check) return [];
  const { intervalSeconds, timeoutSeconds } = check;
  if (timeoutSeconds < intervalSeconds) return [];
  return [
    {
      code: "FL1012",
      ...locate([...path, "timeoutSeconds"]),
      problem: `${path.join(".")}.timeoutSeconds is ${timeoutSeconds}, intervalSeconds is ${intervalSeconds}`,
      expected: "timeoutSeconds less than intervalSeconds",
      consequence: `${who} would refuse it.`,
      fix: `Set timeoutSeconds to ${Math.max(containerHealthCheckValues.timeoutSeconds.minimum, intervalSeconds - 1)} or less, or raise intervalSeconds.`,
    },
  ];
}
