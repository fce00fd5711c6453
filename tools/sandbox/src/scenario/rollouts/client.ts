import { setTimeout as sleep } from "node:timers/promises";

/** Somebody who asks for a page again and again. */
export class Client {
  asked = 0;
  readonly failures: string[] = [];
  private isAsking = true;
  private readonly asking: Promise<void>;

  constructor(private readonly url: string) {
    this.asking = this.ask();
  }

  /** What it is answered now. */
  async page(): Promise<string> {
    return (await fetch(this.url)).text();
  }

  /** Ends it; returns how often it was not answered well. */
  async end(): Promise<string[]> {
    this.isAsking = false;
    await this.asking;
    return this.failures;
  }

  private async ask(): Promise<void> {
    while (this.isAsking) {
      this.asked += 1;
      const problem = await fetch(this.url, { signal: AbortSignal.timeout(10_000) }).then(
        async (answer) => (await answer.text(), answer.ok ? "" : String(answer.status)),
        (error: Error) => String(error.cause ?? error),
      );
      if (problem) this.failures.push(problem);
      await sleep(100);
    }
  }
}
