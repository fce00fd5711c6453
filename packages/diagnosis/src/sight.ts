import type { Gathered } from "./gather/gathered";
import { valueOf } from "./gather/lookout";

/** Whether the service, or a job's cluster, was seen at all. */
export function couldLook({ service, cluster, subject, taskDefinitions }: Gathered): boolean {
  if (subject.serviceName !== undefined) return valueOf(service) !== undefined && cluster?.state !== "absent";
  return cluster?.state === "seen" && taskDefinitions.size > 0;
}

/** What has to be seen before anybody may say that nothing is wrong, by the actions that show it. */
const essentials = {
  tasks: ["ecs:ListTasks", "ecs:DescribeTasks"],
  deployments: ["ecs:ListServiceDeployments", "ecs:DescribeServiceDeployments"],
};

/** Why nobody can say that nothing is wrong; null where all that it takes was seen. */
export function whyBlind(gathered: Gathered): string | null {
  if (!couldLook(gathered)) return whyNotThere(gathered);
  const missing = Object.entries(essentials).flatMap(([what, actions]) => {
    const unseen = gathered.unseen.find(({ action }) => actions.includes(action));
    return unseen ? [`its ${what} (${unseen.action}: ${unseen.words})`] : [];
  });
  return missing.length > 0 ? `${missing.join(" and ")} could not be seen` : null;
}

function whyNotThere({ cluster, service, subject, unseen }: Gathered): string {
  for (const seen of [cluster, service]) {
    if (seen?.state === "absent") return seen.words;
    if (seen?.state === "unseen") return seen.unseen.words;
  }
  return unseen[0]?.words ?? `AWS knows no task definition ${subject.family ?? ""}`;
}
