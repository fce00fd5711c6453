import type { Danger } from "./danger";
import type { DangerKind } from "./dangerKinds";

/** What happens to no single resource: `reviewOf` says that it happens to the stack. */
export const ofStack = (severity: Danger["severity"], title: string, text: string, forcedBy: string[] = []): Danger => ({
  ...{ severity, title, text, forcedBy },
  urns: [],
});
export const elsewhere = (kind: DangerKind, title: string, text: string): Danger => ({ ...ofStack("elsewhere", title, text), kind });
