import { isIP } from "node:net";

import { isMap } from "@fairlead/model";
import type { PlanResource } from "@fairlead/plan";

import { quoted } from "./configurationSyntax";
import { errorPage, pageAnswer } from "./errorPages";

/** Where a target answers: a name of its own network, or an address. */
export interface TargetAddress {
  host: string;
  port: number;
}

/** HAProxy's `resolvers` section. */
export const resolversName = "docker";

/**
 * A `backend` of HAProxy for a target group: its health check, and its target, which there is one of on a machine. The target is a server with the health check,
 * down until it passes, and once more without as its backup: load balancers send requests to all targets where none is healthy. A target whose name leads nowhere is not registered.
 *
 * @param mode of the listeners that forward to it
 * @param idleTimeoutSeconds of their load balancer
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function targetGroupSection(
  name: string,
  { inputs = {} }: Partial<Pick<PlanResource, "inputs">>,
  target: TargetAddress | undefined,
  { mode, idleTimeoutSeconds }: { mode: "http" | "tcp"; idleTimeoutSeconds: number },
): string[] {
  const lines = [`backend ${name}`, `  mode ${mode}`, `  timeout server ${idleTimeoutSeconds}s`, `  timeout tunnel ${idleTimeoutSeconds}s`];
  if (mode === "http") lines.push(...answersWithoutTarget(target !== undefined));
  if (!target) return lines;
  const { lines: checkLines, parameters } = healthCheck(inputs, target);
  const server = [`${target.host}:${target.port}`, ...connection(inputs), ...resolution(target)].join(" ");
  return [
    ...lines,
    ...checkLines.map((line) => `  ${line}`),
    "  option allbackups",
    // Without a health check: where the one below is out, requests come here.
    `  server ${serverName(target)}-unhealthy ${server} backup`,
    // Debian 12 has 2.6, in which a server is up until its first check says otherwise.
    ...(parameters.length > 0 ? [".if version_atleast(3.1)", "  default-server init-state fully-down", ".endif"] : []),
    `  server ${[serverName(target), server, ...parameters].join(" ")}`,
  ];
}

/** 503 where no target is registered, and 502 where one that is can't be reached, which HAProxy would say 503 to. */
function answersWithoutTarget(isRegistered: boolean): string[] {
  const unavailable = `  http-request return status 503 ${pageAnswer(errorPage(503))}`;
  if (!isRegistered) return [unavailable];
  return [
    // What comes after a response comes after this one too.
    "  http-request set-var(txn.answered) bool(true) if { nbsrv lt 1 }",
    `${unavailable} if { nbsrv lt 1 }`,
    "  http-response set-var(txn.answered) bool(true)",
    `  http-error status 503 ${pageAnswer(errorPage(502))}`,
    '  http-after-response set-status 502 reason "Bad Gateway" if { status 503 } !{ var(txn.answered) -m bool }',
  ];
}

/** By which its state is read from HAProxy's statistics. */
const serverName = ({ host }: TargetAddress) => host.replace(/[^A-Za-z0-9_.:-]/g, "_");

function connection({ protocol, protocolVersion }: Record<string, unknown>): string[] {
  return [
    ...(protocol === "HTTPS" || protocol === "TLS" ? ["ssl verify none"] : []),
    ...(protocolVersion === "HTTP2" || protocolVersion === "GRPC" ? ["proto h2 check-proto h2"] : []),
  ];
}

function resolution({ host }: TargetAddress): string[] {
  return isIP(host) ? [] : [`resolvers ${resolversName} resolve-prefer ipv4 resolve-opts allow-dup-ip init-addr none`];
}

/** Seconds between two checks: nobody waits on a machine for what a minute later would be told. */
const longestInterval = 2;

/**
 * AWS's own defaults: every 30 s, 5 s to answer, in after 5 successes and out after 2 failures, `200`. Here a target is asked every 2 s at least, and every
 * second while its state is changing, or it is out.
 */
function healthCheck(inputs: Record<string, unknown>, target: TargetAddress): { lines: string[]; parameters: string[] } {
  const given = isMap(inputs.healthCheck) ? inputs.healthCheck : {};
  const isGrpc = inputs.protocolVersion === "GRPC";
  const { enabled, path = isGrpc ? "/AWS.ALB/healthcheck" : "/", matcher, port, protocol = inputs.protocol ?? "HTTP" } = given;
  if (enabled === false) return { lines: [], parameters: [] };
  const isHttp = protocol === "HTTP" || protocol === "HTTPS";
  const [interval, timeout, rise, fall] = [
    numberOf(given.interval, 30),
    numberOf(given.timeout, 5),
    numberOf(given.healthyThreshold, 5),
    numberOf(given.unhealthyThreshold, 2),
  ];
  const checkedPort = /^\d+$/.test(String(port)) ? Number(port) : target.port;
  const host = `${target.host}:${checkedPort}`;
  return {
    lines: [
      `timeout check ${timeout}s`,
      ...(isHttp
        ? [
            "option httpchk",
            `http-check send meth ${isGrpc ? "POST" : "GET"} uri ${quoted(typeof path === "string" ? path : "/")} ${isGrpc ? grpcHeaders : `ver HTTP/1.1 hdr Connection close`} hdr Host ${host} hdr User-Agent "ELB-HealthChecker/2.0"`,
            // The matcher of gRPC is its own status, which is in trailers mostly, where no check sees it: that of HTTP is 200 whatever it is.
            `http-check expect status ${isGrpc ? "200" : statusesOf(matcher)}`,
          ]
        : []),
    ],
    parameters: [
      `check inter ${Math.min(interval, longestInterval)}s fastinter 500ms downinter 500ms rise ${rise} fall ${fall}`,
      ...(checkedPort === target.port ? [] : [`port ${checkedPort}`]),
      ...(protocol === "HTTPS" ? ["check-ssl"] : inputs.protocol === "HTTPS" ? ["no-check-ssl"] : []),
    ],
  };
}

const numberOf = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);

/** @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md */
const grpcHeaders = 'ver HTTP/2 hdr Content-Type "application/grpc" hdr TE "trailers"';

/** `200-299,304` */
function statusesOf(matcher: unknown): string {
  return typeof matcher === "string" && /^\d{3}(-\d{3})?(,\d{3}(-\d{3})?)*$/.test(matcher) ? matcher : "200";
}
