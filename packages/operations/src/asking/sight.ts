import { UserError } from "@fairlead/model";

import { awsProblem, type Unseen } from "../aws/awsProblem";
import { notLoggedIn } from "../aws/stackAccount";

/** What AWS was asked, and what of it could not be seen: the rest is told all the same. */
export class Sight {
  private readonly missing = new Map<string, Unseen>();

  /** @param stack named where AWS doesn't know who asks */
  constructor(private readonly stack: string) {}

  /** What could not be seen, by what it takes. */
  get unseen(): Unseen[] {
    return [...this.missing.values()];
  }

  /** @throws UserError where something could not be seen, for what must be known before something is changed */
  insist(): void {
    const [missing] = this.unseen;
    if (!missing) return;
    const why = missing.kind === "denied" ? `it needs ${missing.action}` : `${missing.action}: ${missing.message}`;
    throw new UserError(`What is asked first could not be seen: ${missing.what} (${why}). Nothing was changed.`);
  }

  /**
   * Asks AWS.
   *
   * @param what is asked for, as people say it: `alarms`
   * @param action as IAM calls it: `cloudwatch:DescribeAlarms`
   * @returns undefined where it could not be seen
   * @throws UserError where nothing more can be asked: the credentials have expired, or nobody answers
   */
  async see<T>(what: string, action: string, ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (error) {
      const { kind, message, action: named = action } = awsProblem(error);
      if (kind === "credentials" || kind === "unreachable") throw notLoggedIn(this.stack, error);
      this.missing.set(`${named} ${what}`, { what, action: named, kind, message });
      return undefined;
    }
  }

  /** Asks what may not be there: an answer that there is none is one. */
  async seeWhere<T>(what: string, action: string, none: readonly string[], ask: () => Promise<T>): Promise<T | undefined> {
    return this.see(what, action, async () => {
      try {
        return await ask();
      } catch (error) {
        if (none.includes((error as Error).name)) return undefined;
        throw error;
      }
    });
  }
}
