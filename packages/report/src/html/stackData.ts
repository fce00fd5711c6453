import { gzipSync } from "node:zlib";
import { consequenceOf, countsOf, isManaged, topLevel, type Operation, type ResourceChange } from "@fairlead/changes";
import type { CostItem } from "@fairlead/cost";
import { serviceType } from "@fairlead/model";
import type { Plan } from "@fairlead/plan";
import { imageAllowances, imageRequirements } from "@fairlead/review";

import { affectedLines, rollbackLines } from "../affected";
import { boxesOf } from "../boxes";
import { imagesOfTasks, type TaskImage } from "../imagesOfTasks";
import { costByArea, costChange, leftOut, usageLines } from "../costs";
import type { StackReport } from "../report";
import { requestLines } from "../requests";
import { gradeText } from "../severities";
import { typeText } from "../typeText";
import { countsText, otherAreaLines, serviceLine } from "../words";
import type { PageArea, PageDetails, PageStack } from "./pageData";

/** A stack's change as the page shows it. */
export function stackData(report: StackReport): PageStack {
  const { changes, policy, newFindings, mandatory } = report;
  const parts = partsOf(report);
  const areaOf = new Map(parts.flatMap(({ members }, index) => members.map(({ urn }) => [urn, index] as const)));
  const news = new Set(newFindings);
  const { boxes, edges } = boxesOf(changes);
  const owners = ownersOf(changes.before, changes.after);
  const place = new Map(boxes.map(({ id }, index) => [id, index]));
  const counts = countsOf(changes.resources);
  return {
    stack: report.stack,
    counts,
    countsText: countsText(counts),
    verdict: gradeText(report),
    cost: { ...costChange(report), assumptions: report.cost.after.assumptions, leftOut: leftOut(report.cost.after) },
    dangers: [...noticesAsDangers(report), ...report.dangers],
    services: report.services.map(serviceLine),
    affected: [...rollbackLines(report.affected), ...affectedLines(report.affected)],
    requests: requestLines(report),
    others: [...otherAreaLines(report), ...usageLines(report)],
    requirements: imageRequirements(changes.after),
    allowances: imageAllowances(changes.after),
    mandatory,
    policies: [...policy.findings, ...policy.excepted].map((finding) => {
      const { control, title, name, urn, problem, fix, exception } = finding;
      return { control, title, name, area: areaOf.get(urn) ?? -1, problem, fix, isNew: news.has(finding), exception };
    }),
    areas: parts.map(({ area }) => area),
    nodes: boxes.map(({ id, ...box }) => ({ ...box, area: areaOf.get(id) ?? -1, owner: owners.get(id) })),
    edges: edges.map(({ from, to }) => [place.get(from)!, place.get(to)!]),
  };
}

/** Owner of each service, by its URN; what it will be, where that changes. */
function ownersOf(...plans: Plan[]): Map<string, string | undefined> {
  return new Map(
    plans
      .flatMap(({ resources }) => resources.filter(({ type }) => type === serviceType))
      .map(({ urn, inputs }) => [urn, (inputs.spec as { owner?: string } | undefined)?.owner]),
  );
}

/** What can't be planned, or is warned of, is read first. */
function noticesAsDangers({ notices }: StackReport): PageStack["dangers"] {
  return notices.map(({ refuses, title, text }) => ({ severity: refuses ? "interruption" : "unknown", title, forcedBy: [], text }));
}

interface Part {
  area: PageArea;
  members: ResourceChange[];
}

/** The parts of the stack, those that change first. */
function partsOf(report: StackReport): Part[] {
  const { before, after, resources } = report.changes;
  const top = new Map([...topLevel(before), ...topLevel(after)]);
  const byUrn = new Map(resources.map((change) => [change.urn, change]));
  const members = new Map<string, ResourceChange[]>();
  for (const change of resources) {
    const urn = top.get(change.urn);
    if (urn === undefined) continue;
    const list = members.get(urn);
    if (list) list.push(change);
    else members.set(urn, [change]);
  }
  const costs = costByArea(report);
  const costItems = itemsByUrn(report.cost.after.items);
  const images = new Map<string, TaskImage[]>();
  for (const image of imagesOfTasks(after)) images.set(image.urn, [...(images.get(image.urn) ?? []), image]);
  return [...members]
    .map(([urn, list]): Part => {
      const { type, name } = byUrn.get(urn) ?? list[0]!;
      const kind = type.split(":").at(-1)!;
      const cost = costs.get(`${kind} ${name}`) ?? { before: 0, after: 0, unknown: 0, moreUnknown: 0, added: 0, gone: 0, unpriced: [] };
      const shown = list.filter(isManaged);
      const area = {
        kind,
        name,
        operation: operationOf(byUrn.get(urn), shown),
        cost,
        resources: shown.map((change): PageArea["resources"][number] => [typeText(change), change.name, change.operation]),
        details: packed(detailsOf(shown, images, costItems)),
      };
      return { area, members: list };
    })
    .sort((a, b) => Number(b.area.operation !== "same") - Number(a.area.operation !== "same"));
}

function operationOf(component: ResourceChange | undefined, changes: ResourceChange[]): Operation {
  if (component && component.operation !== "same") return component.operation;
  // A new task definition is how a service is updated.
  const isReplaced = (change: ResourceChange) => change.operation === "replace" && consequenceOf(change)?.severity !== "routine";
  if (changes.some(isReplaced)) return "replace";
  return changes.some(({ operation }) => operation !== "same") ? "update" : "same";
}

function detailsOf(changes: ResourceChange[], images: Map<string, TaskImage[]>, costs: Map<string, CostItem[]>): PageDetails {
  return {
    resources: changes.map(({ urn, before, after, properties }) => ({ urn, inputs: (after ?? before)!.inputs, properties })),
    images: changes.flatMap(({ urn }) => images.get(urn) ?? []),
    costs: changes.flatMap(({ urn }) => (costs.get(urn) ?? []).map(({ what, monthly, unknown }) => ({ what, monthly, unknown }))),
  };
}

function itemsByUrn(items: CostItem[]): Map<string, CostItem[]> {
  const byUrn = new Map<string, CostItem[]>();
  for (const item of items) {
    const list = byUrn.get(item.urn);
    if (list) list.push(item);
    else byUrn.set(item.urn, [item]);
  }
  return byUrn;
}

function packed(details: PageDetails): string {
  return gzipSync(JSON.stringify(details), { level: 6 }).toString("base64");
}
