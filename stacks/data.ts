import { bucket, postgres, queue, type DataDeclaration } from "@fairlead/data";

/** What services bind to with `uses:`, in dev, staging and prod alike. An environment may give one other sizes. */
export const data = {
  /** The database of the users. Its backups go back as far as Aurora's can. */
  accounts: postgres({ minCapacity: 0.5, maxCapacity: 8, backupRetentionDays: 35 }),
  /** Reports that were asked for and are not written yet. */
  "report-requests": queue({ visibilityTimeoutSeconds: 120 }),
  /** Reports that were written. */
  reports: bucket({ expirationDays: 365 }),
} satisfies Record<string, DataDeclaration>;
