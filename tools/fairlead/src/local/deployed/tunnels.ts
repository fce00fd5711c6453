import type { TunnelOnMachine } from "@fairlead/local";

import type { CallTunnel } from "./callTunnel";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The tunnels of an `up`. */
export class Tunnels {
  private readonly all = new Map<string, { beginning: TunnelOnMachine; tunnel: CallTunnel }>();

  add(service: string, containerPort: number, beginning: TunnelOnMachine, tunnel: CallTunnel): void {
    if (this.all.size === 0) for (const signal of signals) process.on(signal, this.end);
    this.all.set(key(service, containerPort), { beginning, tunnel });
  }

  beginning(service: string, containerPort: number): TunnelOnMachine {
    return this.all.get(key(service, containerPort))!.beginning;
  }

  async close(): Promise<void> {
    await Promise.all([...this.all.values()].map(({ tunnel }) => tunnel.close()));
    for (const signal of signals) process.off(signal, this.end);
  }

  /** Plugins are processes of their own, which a Ctrl-C doesn't reach: they are ended as this process ends. Where something else listens, it takes care. */
  private readonly end = (signal: NodeJS.Signals) => {
    if (process.listenerCount(signal) === 1) process.exit(130);
  };
}

const key = (service: string, containerPort: number) => `${service}:${containerPort}`;
