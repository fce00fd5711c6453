import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { ContainerNetwork } from "./containerNetwork";
import type { TargetGroups } from "./targetGroups";

/** Which target group a request comes to; undefined where none does. */
export type Route = (path: string) => Promise<string | undefined>;

/** Brings requests to the targets of a group in turn, as a load balancer does: healthy ones, or where there is none, all. */
export class LoadBalancer {
  private turn = 0;
  private constructor(
    private readonly groups: TargetGroups,
    private readonly network: ContainerNetwork,
    private readonly route: Route,
    private readonly server: Server,
  ) {
    server.on("request", (asked: IncomingMessage, answer: ServerResponse) => void this.lead(asked, answer));
  }

  static async listen(groups: TargetGroups, network: ContainerNetwork, route: Route): Promise<LoadBalancer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    server.unref();
    return new LoadBalancer(groups, network, route, server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async lead(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const targetGroupArn = await this.route(new URL(asked.url!, this.url).pathname);
    if (targetGroupArn === undefined) return void answer.writeHead(404).end();
    const open = this.groups.of(targetGroupArn).filter(({ state }) => state !== "draining");
    const healthy = open.filter(({ state }) => state === "healthy");
    const targets = healthy.length > 0 ? healthy : open;
    const target = targets[this.turn++ % targets.length];
    if (!target) return void answer.writeHead(503).end();
    try {
      const socket = await this.network.connect(target.id, target.port);
      const { method, url: path, headers } = asked;
      const led = request({ method, path, headers: { ...headers, connection: "close" }, createConnection: () => socket }, (given) => {
        answer.writeHead(given.statusCode!, given.headers);
        given.pipe(answer);
      });
      led.on("error", () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
      asked.pipe(led);
    } catch {
      answer.writeHead(502).end();
    }
  }
}
