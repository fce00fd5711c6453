import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { loadBalancerService } from "@fairlead/local";

import type { ComposeEngine } from "../src/local/composeEngine";
import type { LocalContainer } from "../src/local/containers";
import { targetStates } from "../src/local/loadBalancerState";

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
  "# pxname,svname,status,check_status,check_code",
  "main-80,FRONTEND,OPEN,,",
  "web,web.network,UP,L7OK,200",
  "api,api.network,DOWN,L4CON,",
  "api,api.network-unhealthy,no check,,",
  "lost,lost.network,DOWN,* L7STS,404",
  "slow,slow.network,DOWN,L7TOUT,",
  "new,new.network,UP,INI,",
  "free,free.network,no check,,",
].join("\n");

test.each([
  ["web", { isServing: true }],
  ["api", { isServing: false, check: "gets no connection" }],
  ["lost", { isServing: false, check: "is answered with 404" }],
  ["slow", { isServing: false, check: "gets no answer in time" }],
  ["new", { isServing: false }],
  ["free", { isServing: true }],
  ["unattached", undefined],
])("whether the load balancer sends requests to %s: %j", async (task, expected) => {
  const targetOf = await targetStates(await engineWith(statistics), [balancer]);
  expect(targetOf(task)).toEqual(expected);
});

test("nothing is known of a load balancer whose statistics can't be read", async () => {
  const silent = { engine: { call: () => Promise.resolve({ status: 1, stdout: "", stderr: "no such port" }) } } as unknown as ComposeEngine;
  expect((await targetStates(silent, [balancer]))("web")).toBeUndefined();
  expect((await targetStates(silent, []))("web")).toBeUndefined();
  expect((await targetStates(silent, [{ ...balancer, state: "exited" }]))("web")).toEqual({ isServing: false });
});
