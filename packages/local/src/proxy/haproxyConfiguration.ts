import type { PlanResource } from "@fairlead/plan";

import { Names } from "./configurationSyntax";
import { errorAnswers } from "./errorPages";
import type { LocalListener, Target } from "./listeners";
import { listenerSection } from "./listenerSection";
import { resolversName, targetGroupSection, type TargetAddress } from "./targetGroups";

/** What a plan's load balancers are made of on one machine. */
export interface ProxySettings {
  listeners: readonly LocalListener[];
  /** A target group of the plan, by its URN. */
  targetGroupOf: (urn: string) => Pick<PlanResource, "inputs"> | undefined;
  /** Where the target of a target group answers; undefined where none is registered. */
  targetOf: (targetGroupUrn: string) => TargetAddress | undefined;
  /** The machine's port for a listener's {@link LocalListener.localPort}; the same by default. */
  publishedPort?: (localPort: number) => number;
  /** Where it says how its targets are; nowhere by default. */
  statusPort?: number;
}

/**
 * The configuration of HAProxy 2.6 and later that does with requests what the plan's load balancers would.
 *
 * @see https://docs.haproxy.org/3.2/configuration.html
 */
export function haproxyConfiguration({
  listeners,
  targetGroupOf,
  targetOf,
  publishedPort = (port) => port,
  statusPort,
}: ProxySettings): string {
  const backends = new Backends(["status", ...listeners.map(({ name }) => name)]);
  const frontends = listeners.map((listener) => {
    const siblings = listeners.filter(({ loadBalancer }) => loadBalancer === listener.loadBalancer);
    return listenerSection({ listener, siblings, publishedPort }, (target) => backends.of(target, listener));
  });
  const sections = backends
    .all()
    .map(({ name, targetGroup, mode, idleTimeoutSeconds }) =>
      targetGroupSection(name, targetGroupOf(targetGroup) ?? {}, targetOf(targetGroup), { mode, idleTimeoutSeconds }),
    );
  const status = statusPort === undefined ? [] : [statusSection(statusPort)];
  return [base, ...status, ...frontends, ...sections].map((lines) => `${lines.join("\n")}\n`).join("\n");
}

/** `/;csv` has a line for each target. @see https://docs.haproxy.org/3.2/management.html#9.1 */
const statusSection = (port: number) => ["listen status", `  bind *:${port}`, "  no log", "  stats enable", "  stats uri /"];

interface Backend {
  name: string;
  targetGroup: string;
  mode: LocalListener["mode"];
  idleTimeoutSeconds: number;
}

/** The target groups that listeners forward to, each once for HTTP and once for TCP. */
class Backends {
  private readonly names = new Names();
  private readonly byKey = new Map<string, Backend>();

  constructor(taken: readonly string[]) {
    for (const name of taken) this.names.unused(name);
  }

  of({ targetGroup, name }: Target, { mode, idleTimeoutSeconds }: LocalListener): string {
    const urn = targetGroup ?? name;
    const key = `${mode} ${urn}`;
    const known = this.byKey.get(key);
    const backend = known ?? { name: this.names.unused(nameOf(urn)), targetGroup: urn, mode, idleTimeoutSeconds };
    backend.idleTimeoutSeconds = Math.max(backend.idleTimeoutSeconds, idleTimeoutSeconds);
    this.byKey.set(key, backend);
    return backend.name;
  }

  all(): Backend[] {
    return [...this.byKey.values()];
  }
}

/** The last part of a URN, or the name in an ARN. */
const nameOf = (urn: string) => /:targetgroup\/([^/]+)/.exec(urn)?.[1] ?? urn.split("::").at(-1)!;

const base = [
  "# Made from the plan's listeners and rules by fairlead: changes here are lost.",
  "global",
  "  log stdout format raw local0 info",
  // Memory is set aside for each connection that may be, by default as many as files may be open.
  "  maxconn 2000",
  // Nobody who stops an environment waits for connections that stay open.
  "  hard-stop-after 1s",
  // Application Load Balancers take 64 KiB of headers.
  "  tune.bufsize 73728",
  "  tune.http.maxhdr 512",
  "",
  "defaults",
  "  mode http",
  "  option dontlognull",
  "  timeout connect 10s",
  "  timeout client 60s",
  "  timeout server 60s",
  // Load balancers ask a target once.
  "  retries 0",
  ...errorAnswers().map((line) => `  ${line}`),
  "",
  `resolvers ${resolversName}`,
  // Docker has its own at 127.0.0.11, and Podman one in each network.
  "  parse-resolv-conf",
  "  accepted_payload_size 8192",
  ...["timeout resolve", "timeout retry", "hold valid", "hold nx", "hold obsolete", "hold refused", "hold timeout", "hold other"].map(
    (what) => `  ${what} 1s`,
  ),
];
