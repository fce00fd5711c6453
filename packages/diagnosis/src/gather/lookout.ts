import { awsErrorKind, printableLine } from "@fairlead/model";

/** Something of AWS's: seen, not there, or not seen for a reason. */
export type Seen<T> = { state: "seen"; value: T } | { state: "absent"; words: string } | { state: "unseen"; unseen: Unseen };

/** What could not be seen, and why. */
export interface Unseen {
  /** As IAM calls it: `ecs:DescribeTasks`. */
  action: string;
  reason: "denied" | "throttled" | "failed";
  /** AWS's own words, in a line. */
  words: string;
}

const absences = /NotFound|NoSuch|MISSING|ClientException/;

/** Calls that are under way at once. AWS throttles by account: others ask as well. */
const mostAtOnce = 12;

type SdkError = Error & { $metadata?: { httpStatusCode?: number } };

/** Asks AWS, a bounded number of calls at once, and keeps what could not be seen. */
export class Lookout {
  private underWay = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly notSeen = new Map<string, Unseen>();
  /** Calls altogether, without the SDK's retries. */
  calls = 0;

  /** Never resolves; rejects when nobody waits any longer, whatever is still under way. */
  private readonly end: Promise<never>;

  /** @param aborted ends it: nothing more is asked, and nothing waited for. Nothing by default. */
  constructor(private readonly aborted?: AbortSignal) {
    this.end = new Promise((_, reject) => aborted?.addEventListener("abort", () => reject(aborted.reason as Error), { once: true }));
    this.end.catch(() => undefined);
  }

  /** What could not be seen, each action once. */
  get unseen(): Unseen[] {
    return [...this.notSeen.values()].sort((a, b) => (a.action < b.action ? -1 : 1));
  }

  /** Asks, with an action that may be asked several times. @param action as IAM calls it */
  async ask<T>(action: string, question: () => Promise<T>): Promise<Seen<T>> {
    await this.turn();
    this.calls++;
    try {
      this.aborted?.throwIfAborted();
      return { state: "seen", value: await Promise.race([question(), this.end]) };
    } catch (error) {
      this.aborted?.throwIfAborted();
      return this.failed(action, error as SdkError);
    } finally {
      this.underWay--;
      this.waiting.shift()?.();
    }
  }

  private async turn(): Promise<void> {
    while (this.underWay >= mostAtOnce) await new Promise<void>((resume) => this.waiting.push(resume));
    this.underWay++;
  }

  private failed<T>(action: string, error: SdkError): Seen<T> {
    const words = inOneLine(error);
    if (absences.test(error.name)) return { state: "absent", words };
    const kind = awsErrorKind(error.name, { status: error.$metadata?.httpStatusCode });
    const reason = kind === "denied" || kind === "throttled" ? kind : "failed";
    const unseen = { action: deniedAction(error) ?? action, reason, words } satisfies Unseen;
    this.notSeen.set(unseen.action, unseen);
    return { state: "unseen", unseen };
  }
}

/** The action that AWS names, where it denies one: it may be another than the call's name says. */
function deniedAction({ message }: Error): string | undefined {
  return /not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(message)?.[1];
}

/** What the SDK says of an error, in a line that steers no terminal. */
export function inOneLine(error: Error & { code?: string }): string {
  const message = error.message.replace(/^AWS SDK error wrapper for Error: /, "");
  const said = message.split("\n")[0]!.trim() || error.code || "no answer";
  return printableLine(error.name === "Error" ? said : `${error.name}: ${said}`);
}

/** What was seen; undefined where nothing was. */
export const valueOf = <T>(seen: Seen<T> | undefined): T | undefined => (seen?.state === "seen" ? seen.value : undefined);
