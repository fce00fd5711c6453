import type { DeploymentStatus, EnvironmentStatus, ServiceState, ServiceStatus, Unseen } from "@fairlead/operations";
import { printableLine, shortCommit } from "@fairlead/model";

import { spanOf, tableOf, type Colors } from "./terminal";

const marks: Record<ServiceState, string> = {
  steady: "✓",
  deploying: "↻",
  "short of tasks": "✗",
  asleep: "z",
  "not there": "–",
  unknown: "?",
};

/** What of an environment wants to be looked at comes first. */
const order: ServiceState[] = ["short of tasks", "deploying", "not there", "unknown", "asleep", "steady"];

/** An environment at a glance, in lines. */
export function renderStatus(status: EnvironmentStatus, colors: Colors): string[] {
  const { stack, region, accountId, services, notInThePlan, unseen } = status;
  const head = `${colors.bold(stack)}  ${region}, account ${accountId}${status.cluster === undefined ? "" : `, cluster ${status.cluster}`}`;
  if (services.length === 0) return [head, `${stack} has no services.`];
  const nowhere = services.every(({ state }) => state === "not there")
    ? ["", colors.yellow(`Nothing of ${stack} is in account ${accountId}, ${region}. Is that where it is?`)]
    : [];
  // What the service itself says of its deployment doesn't tell whether ECS took it back.
  const isSeen = !unseen.some(({ action }) => action === "ecs:ListServiceDeployments");
  const now = Date.parse(status.at);
  const titles = ["SERVICE", "STATE", "TASKS", "VERSION", "COMMIT", "LAST DEPLOYMENT"].map((title) => colors.dim(title));
  const [heading, ...lines] = tableOf([titles, ...services.map((service) => cells(service, now, isSeen, colors))]);
  return [
    head,
    "",
    heading!,
    ...services.flatMap((service, index) => [lines[index]!, ...notes(service, stack, colors)]),
    ...(notInThePlan.length > 0 ? ["", `In the cluster, and not in the plan: ${notInThePlan.map(printableLine).join(", ")}`] : []),
    ...nowhere,
    ...unseenLines(unseen, colors),
  ];
}

/** Services that are not as they should be first, then by name. */
export function worstFirst(services: readonly ServiceStatus[]): ServiceStatus[] {
  const rank = ({ state, alarms }: ServiceStatus) => order.indexOf(state) - (alarms.length > 0 ? order.length : 0);
  return [...services].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

/** What could not be seen, and what it takes. */
export function unseenLines(unseen: readonly Unseen[], colors: Colors): string[] {
  return unseen.map(({ what, action, kind, message }) => {
    const why = kind === "denied" ? `needs ${action}` : `${action}: ${printableLine(message)}`;
    return colors.yellow(`Not seen: ${what} (${why})`);
  });
}

function cells(service: ServiceStatus, now: number, isSeen: boolean, colors: Colors): string[] {
  const { name, state, tasks, image, lastDeployment } = service;
  const color = colorOf(state, colors);
  return [
    colors.bold(name),
    color(`${marks[state]} ${state}`),
    tasks ? `${tasks.running}/${tasks.desired}` : "",
    printableLine(image?.version ?? image?.tag ?? image?.digest?.slice(7, 19) ?? ""),
    image?.commit === undefined ? "" : image.commit.startsWith("dirty-") ? "dirty" : shortCommit(image.commit),
    !isSeen ? colors.yellow("?") : lastDeployment ? deploymentText(lastDeployment, now, colors) : "",
  ];
}

function colorOf(state: ServiceState, colors: Colors): (text: string) => string {
  if (state === "steady") return colors.green;
  if (state === "short of tasks" || state === "not there") return colors.red;
  return state === "asleep" ? colors.dim : colors.yellow;
}

function deploymentText({ status, startedAt, finishedAt }: DeploymentStatus, now: number, colors: Colors): string {
  const when = finishedAt ? `${spanOf(now - Date.parse(finishedAt))} ago` : startedAt ? `for ${spanOf(now - Date.parse(startedAt))}` : "";
  const text = printableLine(status);
  const isBad = /ROLLBACK|FAILED|STOP/.test(status);
  return `${isBad ? colors.red(text) : text} ${colors.dim(when)}`.trimEnd();
}

function notes(
  { name, pinnedImage, pinnedTag = pinnedImage, health, targets, alarms, differences, lastDeployment, taskDefinition }: ServiceStatus,
  stack: string,
  colors: Colors,
): string[] {
  const bad = lastDeployment && /ROLLBACK|FAILED|STOP/.test(lastDeployment.status);
  const unhealthy = [
    ...(health && health.unhealthy > 0 ? [`${health.unhealthy} tasks fail their health check`] : []),
    ...(targets && targets.others > 0 ? [`${targets.healthy} of ${targets.healthy + targets.others} targets healthy`] : []),
  ];
  return [
    ...(bad && lastDeployment.reason ? [colors.red(printableLine(lastDeployment.reason))] : []),
    ...unhealthy.map((text) => colors.yellow(text)),
    ...(alarms.length > 0 ? [colors.red(`alarm: ${alarms.map(printableLine).join(", ")}`)] : []),
    ...(pinnedTag === undefined
      ? []
      : [
          colors.yellow(`pinned by a rollback: ${printableLine(pinnedTag)}; \`fairlead rollback ${name} --release -s ${stack}\` ends that`),
        ]),
    ...(differences.length > 0 ? [colors.dim(`differs: ${printableLine(differences.join("; "))} (${taskDefinition ?? ""})`)] : []),
  ].map((line) => `  ${line}`);
}
