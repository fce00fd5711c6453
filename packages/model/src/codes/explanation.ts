/** What a code means, for whoever met it. */
export interface Explanation {
  /** In a few words. */
  title: string;
  /** When it comes. */
  meaning: string;
  /** What would happen, or does, where the meaning doesn't say so already. */
  consequence?: string;
  /** What to do. */
  fix: string;
  /** How it looks right. */
  example?: string;
}

/** Explanations by code, all of one range: `FL21` is for FL2100 to FL2199. */
export type Explanations<Range extends string, E extends Explanation = Explanation> = Record<`${Range}${number}`, E>;
