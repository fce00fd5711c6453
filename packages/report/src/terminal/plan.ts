import { withNames } from "@fairlead/changes";
import { serviceType } from "@fairlead/model";
import type { Place, Plan, PlanResource } from "@fairlead/plan";

import { imageAllowances, imageRequirements } from "@fairlead/review";
import { imagesOfTasks } from "../imagesOfTasks";
import { counted } from "../phrases";
import { placeText } from "../words";
import { colors } from "./colors";
import { terminalColumns, wrapped } from "./wrapped";

/** The plan as a tree of components, where it goes, the totals, and which image each task gets. */
export function renderPlan(plan: Plan, place: Place, columns = terminalColumns()): string {
  const children = new Map<string | null, PlanResource[]>();
  for (const resource of plan.resources) {
    const siblings = children.get(resource.parent);
    if (siblings) siblings.push(resource);
    else children.set(resource.parent, [resource]);
  }
  const title = colors.bold(`Plan of ${plan.project}/${plan.stack}`);
  const lines = [wrapped(`${title}  `, colors.dim(placeText(place)), columns), ""];
  const print = (resource: PlanResource, prefix: string, isLast: boolean) => {
    const label = resource.custom ? resource.name : colors.bold(resource.name);
    const below = `${prefix}${isLast ? "   " : "│  "}`;
    const [first, ...others] = wrapped(`${prefix}${isLast ? "└─ " : "├─ "}`, `${label} ${colors.dim(resource.type)}`, columns).split("\n");
    lines.push(first!, ...others.map((line) => `${below}${line.slice(below.length)}`));
    printAll(children.get(resource.urn) ?? [], below);
  };
  const printAll = (resources: PlanResource[], prefix: string) =>
    resources.forEach((resource, index) => print(resource, prefix, index === resources.length - 1));
  for (const stack of children.get(null) ?? []) printAll(children.get(stack.urn) ?? [], "");
  const required = [...imageRequirements(plan).map((line) => `every image must ${line}`), ...imageAllowances(plan)];
  lines.push(
    "",
    ...imageLines(plan, columns),
    ...required.map((line) => wrapped("  ", line, columns)),
    "",
    wrapped("", totals(plan), columns),
    "",
  );
  return lines.join("\n");
}

function imageLines(plan: Plan, columns: number): string[] {
  const rows = imagesOfTasks(plan);
  const width = Math.max(0, ...rows.map(({ container }) => container.length));
  return [
    colors.bold("Image → task"),
    ...rows.map(({ container, platforms, cpuArchitecture, image, covers }) => {
      const mark = covers === undefined ? colors.yellow("·") : covers ? colors.green("✓") : colors.red("✗");
      const built = covers === undefined ? "not built here" : platforms.join(" + ");
      return wrapped(`${mark} ${container.padEnd(width)}  `, `${built} → ${cpuArchitecture}  ${colors.dim(withNames(image))}`, columns);
    }),
    ...pins(plan),
  ];
}

/** Services whose image a rollback holds, whatever is built. */
function pins({ resources }: Plan): string[] {
  return resources.flatMap(({ type, name, inputs: { pinnedImage, imageTag } }) =>
    type === serviceType && typeof pinnedImage === "string" ? [colors.yellow(`${name} is pinned by a rollback: ${String(imageTag)}`)] : [],
  );
}

function totals(plan: Plan): string {
  const components = plan.resources.filter(({ custom, parent }) => !custom && parent !== null).length;
  const resources = plan.resources.filter(({ custom }) => custom).length;
  const byProvider = new Map<string, number>();
  for (const { custom, type } of plan.resources) {
    const provider = type.split(":")[0]!;
    if (custom) byProvider.set(provider, (byProvider.get(provider) ?? 0) + 1);
  }
  const providers = [...byProvider].map(([provider, count]) => `${count} ${provider}`).join(", ");
  return `${counted(resources, "resource")} (${providers}) in ${counted(components, "component")}. Nothing was created.`;
}
