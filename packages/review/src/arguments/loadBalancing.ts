import {
  asList,
  harmless,
  harmlessOnes,
  interrupts,
  lessProtected,
  loses,
  lowered,
  turnedOff,
  turnedOn,
  unknown,
  unreachable,
  whenever,
  type Judge,
  type Judges,
} from "./judge";

/**
 * Whether a listener still speaks no TLS below 1.2.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const weakerTls: Judge = ({ before, after }) => {
  const oldest = (policy: unknown) => {
    if (typeof policy !== "string") return undefined;
    if (/TLS13-1-3|-1-3-/.test(policy)) return 3;
    if (/1-2/.test(policy)) return 2;
    return /TLS13-1-1|1-1-/.test(policy) ? 1 : 0;
  };
  const [was, is] = [oldest(before), oldest(after)];
  if (was === undefined || is === undefined) return unknown("Which versions and ciphers of TLS it speaks is another choice.");
  if (is < was) return lessProtected("Clients may connect by an older version of TLS.");
  return is > was ? interrupts("Clients that speak only an older version of TLS are refused.") : undefined;
};

const defaultActions: Judge = ({ before, after }) => {
  const kind = (value: unknown) => (asList(value)[0] as { type?: string } | undefined)?.type;
  if (kind(before) === "redirect" && kind(after) !== "redirect")
    return lessProtected("Requests are no longer sent on to HTTPS: they are answered unencrypted.");
  return interrupts("What no rule is for is answered otherwise than before.");
};

/** They are off where nothing says that they are on, also with a bucket. */
const logs = (what: string) =>
  ((change) => {
    const isOn = (value: unknown) => (value as { enabled?: boolean } | undefined)?.enabled ?? false;
    return turnedOff(lessProtected(`${what} are no longer logged.`))({ ...change, before: isOn(change.before), after: isOn(change.after) });
  }) as Judge;

const healthCheck: Judge = ({ before, after }) => {
  const path = (value: unknown) =>
    (value as
      Partial<Record<"path" | "port" | "protocol" | "matcher" | "timeout" | "unhealthyThreshold" | "enabled", unknown>> | undefined) ?? {};
  const [was, is] = [path(before), path(after)];
  const changed = (["path", "port", "protocol", "matcher", "timeout", "unhealthyThreshold", "enabled"] as const).filter(
    (key) => was[key] !== is[key],
  );
  return changed.length > 0
    ? interrupts(`Tasks that run are asked by the new ${changed.join(", ")} at once: those that don't answer it are ended.`)
    : undefined;
};

/** Load balancers, and how they find what answers. */
export const loadBalancing: Readonly<Record<string, Judges>> = {
  "aws:lb/loadBalancer:LoadBalancer": {
    ...harmlessOnes(
      "tags enableTlsVersionAndCipherSuiteHeaders preserveHostHeader enableZonalShift minimumLoadBalancerCapacity clientKeepAlive",
    ),
    accessLogs: logs("Requests"),
    connectionLogs: logs("Connections"),
    desyncMitigationMode: ({ after }) =>
      after === "monitor" ? lessProtected("Requests that may smuggle others are let through.") : undefined,
    dropInvalidHeaderFields: turnedOff(lessProtected("Headers that are none are let through.")),
    xffHeaderProcessingMode: whenever(lessProtected("Programs see another address as the client's.")),
    enableXffClientPort: harmless,
    enableHttp2: turnedOff(interrupts("Clients that speak HTTP/2 alone, such as gRPC's, are refused."), true),
    enableCrossZoneLoadBalancing: turnedOff(interrupts("Each zone's requests go to that zone's tasks alone."), true),
    enableDeletionProtection: turnedOff(lessProtected("AWS no longer refuses to delete it.")),
    enableWafFailOpen: turnedOn(lessProtected("Requests pass unfiltered while the firewall does not answer.")),
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: whenever(lessProtected("Other connections are let in than before.")),
    idleTimeout: lowered(interrupts("Connections that are silent for longer are ended."), 60),
    ipAddressType: whenever(interrupts("Clients reach it by other kinds of addresses.")),
    securityGroups: whenever(lessProtected("Other security groups decide who reaches it.")),
    subnets: loses(interrupts("It is gone from a zone: clients that know its address there lose it.")),
    subnetMappings: whenever(interrupts("It has other addresses.")),
  },
  "aws:lb/listener:Listener": {
    ...harmlessOnes("tags tcpIdleTimeoutSeconds routingHttpResponseServerEnabled"),
    certificateArn: ({ after }) =>
      asList(after).length === 0
        ? unreachable("Clients are refused: there is no certificate.")
        : interrupts("Clients see another certificate: names that it is not for are refused."),
    defaultActions,
    port: whenever(unreachable("Clients that ask the old port are refused.")),
    protocol: ({ before, after }) =>
      before === "HTTPS"
        ? unreachable("Clients that ask by HTTPS are refused, and requests are no longer encrypted.")
        : interrupts(`Clients have to ask by ${String(after)}, or programs do for themselves what it did.`),
    sslPolicy: weakerTls,
    alpnPolicy: whenever(interrupts("Clients agree on another protocol.")),
    mutualAuthentication: whenever(lessProtected("Other clients are let in, or asked for a certificate, than before.")),
  },
  "aws:lb/listenerRule:ListenerRule": {
    // Who answers what is told by `requests`.
    ...harmlessOnes("tags priority conditions actions"),
    transforms: whenever(interrupts("Programs see other paths or hosts than clients ask for.")),
  },
  "aws:lb/targetGroup:TargetGroup": {
    ...harmlessOnes(
      "tags slowStart loadBalancingAlgorithmType loadBalancingAnomalyMitigation loadBalancingCrossZoneEnabled lambdaMultiValueHeadersEnabled",
    ),
    deregistrationDelay: lowered(interrupts("Requests that take longer are cut off when a task ends."), 300),
    healthCheck,
    stickiness: whenever(interrupts("Clients are led to another task than the one that they know.")),
    preserveClientIp: whenever(interrupts("Programs see another address as the client's, and security groups judge by another.")),
    proxyProtocolV2: whenever(interrupts("Programs that don't expect the header, or do, fail.")),
    connectionTermination: harmless,
    targetFailovers: harmless,
    targetGroupHealth: whenever(unknown("Requests are led otherwise when few targets are healthy.")),
    targetHealthStates: harmless,
  },
};
