/** What somebody is about to change, to be said and confirmed before it is done. */
export interface Intention {
  /** What will happen, in sentences; where there are none, nothing is to be done. */
  says: string[];
  /** Why nothing is to be done. */
  why?: string;
  /** Does it; returns what was done, in sentences. */
  carryOut(): Promise<string[]>;
}

/** Nothing to do, and why. */
export const nothing = (why: string): Intention => ({ says: [], why, carryOut: () => Promise.resolve([]) });
