import type { TunnelOnMachine } from "@fairlead/local";

import type { CallTunnel } from "./callTunnel";

/** The tunnels of an `up`. */
export class Tunnels {
  private readonly all = new Map<string, { beginning: TunnelOnMachine; tunnel: CallTunnel }>();
  private isGuarded = false;
  /** Plugins are processes of their own, which a Ctrl-C doesn't reach: they are ended as this process ends. */
  private readonly end = () => process.exit(130);

  add(service: string, containerPort: number, beginning: TunnelOnMachine, tunnel: CallTunnel): void {
    this.endOnSignal(true);
    this.all.set(key(service, containerPort), { beginning, tunnel });
  }

  beginning(service: string, containerPort: number): TunnelOnMachine {
    return this.all.get(key(service, containerPort))!.beginning;
  }

  /** Whether a signal ends this process, and them with it: not where something else takes care of it. */
  endOnSignal(on: boolean): void {
    if (on === this.isGuarded) return;
    this.isGuarded = on;
    for (const signal of ["SIGINT", "SIGTERM"] as const) process[on ? "on" : "off"](signal, this.end);
  }

  async close(): Promise<void> {
    await Promise.all([...this.all.values()].map(({ tunnel }) => tunnel.close()));
    this.endOnSignal(false);
  }
}

const key = (service: string, containerPort: number) => `${service}:${containerPort}`;
