import type { ChangeReport } from "../report";
export function renderHtml(report: ChangeReport): string {
  return JSON.stringify(report);
}
