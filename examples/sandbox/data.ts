import { bucket, postgres, queue, type DataDeclaration } from "@fairlead/data";

/** What the sandbox's services bind to. */
export const data = {
  accounts: postgres({ minCapacity: 0.5, maxCapacity: 8, finalSnapshot: false }),
  "report-requests": queue({ visibilityTimeoutSeconds: 120 }),
  reports: bucket({ expirationDays: 365 }),
} satisfies Record<string, DataDeclaration>;
