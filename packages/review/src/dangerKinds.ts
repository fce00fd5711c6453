// Also bundled for the report's page: nothing of Node in here.
import { severities, type Severity } from "@fairlead/changes";

import { gradeOf } from "./grades";

/** What happens, where it says more than how much it hurts. */
const kindsOfTheirOwn = ["delete", "replace", "region", "account", "credentials", "project", "backend", "provider"] as const;

/** What an allowance lets happen: by itself it allows nothing else of the same resource. */
export type DangerKind = (typeof kindsOfTheirOwn)[number] | Severity;

/** The kinds that can stop a change, which alone are to be allowed. */
export const allowedKinds: readonly DangerKind[] = [...kindsOfTheirOwn, ...severities.filter((severity) => gradeOf(severity) === "stop")];
