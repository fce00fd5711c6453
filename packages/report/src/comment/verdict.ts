import type { ChangeReport } from "../report";
import { verdictOf } from "../verdict";
import { plain } from "./markdown";

/** The verdict as a comment begins with it. */
export function verdict(report: ChangeReport): string {
  const { sign, headline, rest } = verdictOf(report);
  const text = plain(headline);
  return `### ${sign} ${text[0]!.toUpperCase()}${text.slice(1)}\n\n${plain(rest)}`;
}
