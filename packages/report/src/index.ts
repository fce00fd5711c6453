import type { ChangeReport } from "./report";

export { commentLimit, marker, renderComment } from "./comment/comment";
export { estimateOf } from "./estimates";
export { imagesOfTasks, type TaskImage } from "./imagesOfTasks";
export { inPartNotice, type InPart, type Notice } from "./notices";
export { compareResults, isRefused, reportOf, type ChangeReport, type FailedStack, type PlanResult, type StackReport } from "./report";
export { renderTerminal } from "./terminal/changes";
export { renderPlan } from "./terminal/plan";
export { renderPolicy } from "./terminal/policy";
export { renderUnusedUsage } from "./terminal/usage";

/** As `./html/html`: esbuild, which makes the page, comes with the first one. */
export async function renderHtml(report: ChangeReport, compares?: boolean): Promise<string> {
  const html = await import("./html/html");
  return html.renderHtml(report, compares);
}
export { summaryOf, type ChangeSummary, type StackSummary } from "./summary";
