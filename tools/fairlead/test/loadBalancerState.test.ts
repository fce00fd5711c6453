import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { loadBalancerService } from "@fairlead/local";

import type { ComposeEngine } from "../src/local/composeEngine";
import type { LocalContainer } from "../src/local/containers";
import { servingTasks } from "../src/local/loadBalancerState";

const balancer = { id: "b1", service: loadBalancerService, state: "running" } as LocalContainer;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** An engine whose load balancer has these statistics. */
async function engineWith(statistics: string): Promise<ComposeEngine> {
  const server = createServer((_, answer) => answer.end(statistics));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { engine: { call: () => Promise.resolve({ status: 0, stdout: `127.0.0.1:${port}\n`, stderr: "" }) } } as unknown as ComposeEngine;
}

const statistics = [
  "# pxname,svname,status,check_status",
  "main-80,FRONTEND,OPEN,",
  "web,web.network,UP,L7OK",
  "api,api.network,DOWN,L4CON",
  "api,api.network-unhealthy,no check,",
  "new,new.network,UP,INI",
  "free,free.network,no check,",
].join("\n");

test.each([
  ["web", true],
  ["api", false],
  ["new", false],
  ["free", true],
  ["unattached", undefined],
])("whether the load balancer sends requests to %s: %j", async (task, expected) => {
  const isServing = await servingTasks(await engineWith(statistics), [balancer]);
  expect(isServing(task)).toBe(expected);
});

test("nothing is known of a load balancer whose statistics can't be read", async () => {
  const silent = { engine: { call: () => Promise.resolve({ status: 1, stdout: "", stderr: "no such port" }) } } as unknown as ComposeEngine;
  expect((await servingTasks(silent, [balancer]))("web")).toBeUndefined();
  expect((await servingTasks(silent, []))("web")).toBeUndefined();
  expect((await servingTasks(silent, [{ ...balancer, state: "exited" }]))("web")).toBe(false);
});
