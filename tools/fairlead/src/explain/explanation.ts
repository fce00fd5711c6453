/** What a code means, for whoever met it. */
export interface Explanation {
  /** In a few words. */
  title: string;
  /** When it comes, and what would happen without it. */
  meaning: string;
  /** What to do. */
  fix: string;
  /** How it looks right. */
  example?: string;
}

export type Explanations = Record<string, Explanation>;
