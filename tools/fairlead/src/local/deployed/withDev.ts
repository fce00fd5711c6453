import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { tunnelSocket, type DeployedService, type TunnelOnMachine } from "@fairlead/local";
import { coded, UserError } from "@fairlead/model";
import { holdTunnel, openTunnel } from "@fairlead/operations";
import { defaultStack, rootOf, stacksOf } from "@fairlead/plan";

import { whereIs } from "../../operate/act";
import { carryOut } from "../../operate/carryOut";
import { freePort, isListening } from "../../operate/freePort";
import { asking } from "../../operate/openStack";
import type { ComposeEngine } from "../composeEngine";
import { openLocal, type OpenLocal } from "../openLocal";
import { checkSecrets } from "../secrets";
import { calledServices, startedAlone, type CalledService } from "./calledServices";
import { CallTunnel } from "./callTunnel";
import { Tunnels } from "./tunnels";
import { waysThere, type WaysThere, type WayThere } from "./waysThere";

/** What runs here, and the tunnels to what doesn't. */
export interface WithDev {
  local: OpenLocal;
  tunnels: Tunnels;
}

/** The environment that calls go to: `dev`, where the repository has one, else the first of environments.json. */
function deployedStack(): string {
  return stacksOf(rootOf(process.cwd())).includes("dev") ? "dev" : defaultStack();
}

/** @throws UserError where `--with-dev` stands beside what it doesn't go with */
export function checkWithDev(names: readonly string[], { detach }: { detach?: boolean }): void {
  if (detach)
    throw new UserError(
      "--with-dev doesn't go with --detach: the tunnels live as long as this command, which holds them while it follows the logs. Nothing was started.",
    );
  if (names.length === 0)
    throw new UserError(
      "--with-dev needs the services that run here, such as `fairlead local up web --with-dev`: without names all run here, and nothing is left to call elsewhere.",
    );
}

/**
 * Brings only what is named up here, and lets its calls of other services go to the deployed environment.
 *
 * @returns undefined where somebody said no
 * @throws UserError with all that is in the way
 */
export async function withDev(
  compose: ComposeEngine,
  whole: OpenLocal,
  names: readonly string[],
  { yes, config }: { yes?: boolean; config?: string[] },
): Promise<WithDev | undefined> {
  const started = startedAlone(whole, names);
  const called = calledServices(whole, started);
  const apart = (deployed: DeployedService[]) => whole.apart({ started: started.map(({ name }) => name), deployed });
  if (called.length === 0) {
    process.stderr.write(`${names.join(", ")} calls no service that doesn't run here: no tunnel is needed.\n`);
    return { local: apart([]), tunnels: new Tunnels() };
  }
  checkSecrets(apart([]));
  const stack = deployedStack();
  const ways = await waysThere(stack === whole.stack ? whole : await openLocal({ stack, config }), called);
  const says = called.map(({ name, callers }) => said(name, callers, ways));
  const tunnels = new Tunnels();
  const open = async () => {
    await openAll(tunnels, ways, whole.place.folder, await leadsBySocket(compose));
    return [];
  };
  try {
    if (!(await carryOut(await whereIs(ways.stack), { says, carryOut: open }, yes))) return undefined;
  } catch (error) {
    await tunnels.close();
    throw error;
  }
  return { local: apart(called.map((each) => deployedService(each, tunnels))), tunnels };
}

function said(name: string, callers: readonly string[], { stack: { inAws }, ways }: WaysThere): string {
  const through = [...new Set(ways.filter(({ service }) => service === name).map(({ end }) => end.service))].join(", ");
  return `${name}: calls of ${callers.join(", ")} go to ${inAws.stack}'s, through a task of ${through}. What they change is changed there, for everybody.`;
}

function deployedService({ name, ports }: CalledService, tunnels: Tunnels): DeployedService {
  return { name, ports: ports.map(({ port, containerPort }) => ({ port, tunnel: tunnels.beginning(name, containerPort) })) };
}

async function openAll(tunnels: Tunnels, { stack, ways, pluginVersion }: WaysThere, folder: string, bySocket: boolean): Promise<void> {
  for (const way of ways) {
    const { service, containerPort } = way;
    const beginning: TunnelOnMachine = bySocket ? { folder: await socketFolder(folder, way) } : { hostPort: await freePort(0) };
    let next: WayThere["end"] | undefined = way.end;
    const tunnel = new CallTunnel(`${service} of ${stack.inAws.stack}`, async (localPort) => {
      const end = next ?? (await way.find());
      next = undefined;
      const plugin = await asking(stack.inAws.stack, () => openTunnel(stack, end, localPort, pluginVersion));
      return holdTunnel(plugin, localPort);
    });
    tunnels.add(way.service, containerPort, beginning, tunnel);
    await tunnel.start(
      "folder" in beginning
        ? // Other users of the machine don't come as far as the folder; the proxy's in the container has no rights but everybody's.
          { path: shortest(join(beginning.folder, tunnelSocket)), readableAll: true, writableAll: true }
        : { host: "127.0.0.1", port: beginning.hostPort },
    );
  }
}

/** It stays there from one `up` to the next, since a container that runs keeps the folder that it was started with. */
async function socketFolder(place: string, { service, containerPort }: WayThere): Promise<string> {
  const all = join(place, "tunnels");
  const folder = join(all, `${service}.${containerPort}`);
  mkdirSync(folder, { recursive: true });
  chmodSync(all, 0o700);
  chmodSync(folder, 0o755);
  const socket = join(folder, tunnelSocket);
  if (await isListening({ path: shortest(socket) }))
    throw new UserError(
      coded("FL2709", `Another \`fairlead local up --with-dev\` of this folder runs, and has the tunnel to ${service}. fix: end it first.`),
    );
  rmSync(socket, { force: true });
  return folder;
}

/** Linux takes 107 bytes for a socket's path. */
const shortest = (path: string) => [path, relative(process.cwd(), path)].sort((a, b) => a.length - b.length)[0]!;

/** Whether a container of this engine finds a Unix socket of this machine: not where the engine runs in a virtual machine. */
async function leadsBySocket({ engine }: ComposeEngine): Promise<boolean> {
  if (process.platform !== "linux") return false;
  const { stdout } = await engine.call(["info", "--format", "{{.OperatingSystem}}"]);
  return !stdout.includes("Docker Desktop");
}
