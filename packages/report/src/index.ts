import type { ChangeReport } from "./report";

export { allowIn, dangerNamed, unmatchedNotices, type Allow } from "./allow";
export { commentLimit, marker, renderComment } from "./comment/comment";
export { estimateOf } from "./estimates";
export { imagesOfTasks, type TaskImage } from "./imagesOfTasks";
export { inPartNotice, type InPart, type Notice } from "./notices";
export {
  compareResults,
  isFailed,
  isRefused,
  outcomeOf,
  reportOf,
  type ChangeDocument,
  type ChangeReport,
  type FailedStack,
  type PlanResult,
  type StackReport,
  withReaders,
} from "./report";
export { gravestFirst } from "./verdict";
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
