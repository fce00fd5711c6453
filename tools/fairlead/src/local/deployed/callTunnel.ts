import { once } from "node:events";
import { connect, createServer, type ListenOptions, type Socket } from "node:net";
import type { HeldTunnel } from "@fairlead/operations";
import { printable, UserError } from "@fairlead/model";

import { freePort } from "../../operate/freePort";

/** What is left alone after a session that could not be opened: AWS isn't asked for each call again. */
const pauseMs = 5_000;

/**
 * Leads calls of containers to a deployed service. The session behind it is opened anew by the next call when it has ended: Session Manager ends it when nobody
 * calls for a while, and with its task.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-preferences-timeout.html
 */
export class CallTunnel {
  // A call waits for the session, and who has said all may still listen.
  private readonly server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (call) => void this.lead(call));
  private readonly calls = new Set<Socket>();
  private opening: Promise<{ port: number; held: HeldTunnel }> | undefined;
  private failedAt = -Infinity;
  private isClosed = false;

  /** @param title for messages: `api of dev` */
  constructor(
    private readonly title: string,
    private readonly open: (localPort: number) => Promise<HeldTunnel>,
  ) {}

  /** Opens the session and takes calls from then on. @throws UserError where none can be opened */
  async start(at: ListenOptions): Promise<void> {
    await this.session();
    this.server.listen(at);
    await once(this.server, "listening");
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.server.close();
    for (const call of this.calls) call.destroy();
    const session = await this.opening?.catch(() => undefined);
    await session?.held.close();
  }

  private session(): Promise<{ port: number; held: HeldTunnel }> {
    this.opening ??= (async () => {
      const port = await freePort(0);
      return { port, held: await this.open(port) };
    })();
    return this.opening;
  }

  private async lead(call: Socket): Promise<void> {
    this.calls.add(call);
    call.on("error", () => undefined).on("close", () => this.calls.delete(call));
    const port = await this.port();
    if (port === undefined || call.destroyed) return void call.destroy();
    const there = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
    there.on("error", () => undefined).on("close", () => call.destroySoon());
    call.on("close", () => there.destroy());
    call.pipe(there).pipe(call);
  }

  /** Of a session that is open; undefined where there is none to be had. */
  private async port(): Promise<number | undefined> {
    const before = this.opening;
    const known = await before?.catch(() => undefined);
    if (known?.held.isOpen()) return known.port;
    if (this.isClosed || performance.now() - this.failedAt < pauseMs) return undefined;
    // Of several calls the first opens it.
    if (this.opening === before) {
      process.stderr.write(`The session with ${this.title} has ended: opening another.\n`);
      this.opening = undefined;
    }
    try {
      return (await this.session()).port;
    } catch (error) {
      this.failedAt = performance.now();
      const why = error instanceof UserError ? error.message : String(error);
      process.stderr.write(`Calls of ${this.title} fail. ${printable(why)}\n`);
      return undefined;
    }
  }
}
