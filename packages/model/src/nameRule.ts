/** How long a name may be, and which characters it may have. */
export interface NameRule {
  max: number;
  pattern: RegExp;
  /** The pattern in words. */
  allowed: string;
}

export const rule = (max: number, pattern: RegExp, allowed: string): NameRule => ({ max, pattern, allowed });
export const words = /^[A-Za-z0-9_-]+$/;
export const lettersDigitsHyphens = "letters, digits, hyphens and underscores";
