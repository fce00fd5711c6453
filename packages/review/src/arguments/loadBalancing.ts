import {
  asList,
  firstOf,
  harmless,
  harmlessOnes,
  interrupts,
  isUnknown,
  lessProtected,
  loses,
  removed,
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

const healthCheck: Judge = ({ before, after }) => {
  const path = (value: unknown) => (value as { path?: unknown; port?: unknown; protocol?: unknown; matcher?: unknown } | undefined) ?? {};
  const [was, is] = [path(before), path(after)];
  const changed = (["path", "port", "protocol", "matcher"] as const).filter((key) => was[key] !== is[key]);
  return changed.length > 0
    ? interrupts(`Tasks that run are asked by the new ${changed.join(", ")} at once: those that don't answer it are ended.`)
    : undefined;
};

/** Load balancers, and how they find what answers. */
export const loadBalancing: Readonly<Record<string, Judges>> = {
  "aws:lb/loadBalancer:LoadBalancer": {
    ...harmlessOnes(
      "tags enableHttp2 enableTlsVersionAndCipherSuiteHeaders preserveHostHeader enableZonalShift minimumLoadBalancerCapacity clientKeepAlive",
    ),
    accessLogs: ({ before, after }) =>
      (before as { enabled?: boolean } | undefined)?.enabled !== false && (after as { enabled?: boolean } | undefined)?.enabled === true
        ? undefined
        : firstOf(removed(lessProtected("Requests are no longer logged.")), ({ after: now }) =>
            (now as { enabled?: boolean } | undefined)?.enabled === false ? lessProtected("Requests are no longer logged.") : undefined,
          )({ before, after } as Parameters<Judge>[0]),
    connectionLogs: removed(lessProtected("Connections are no longer logged.")),
    desyncMitigationMode: ({ after }) =>
      after === "monitor" ? lessProtected("Requests that may smuggle others are let through.") : undefined,
    dropInvalidHeaderFields: turnedOff(lessProtected("Headers that are none are let through.")),
    xffHeaderProcessingMode: whenever(lessProtected("Programs see another address as the client's.")),
    xffClientPort: harmless,
    enableCrossZoneLoadBalancing: turnedOff(interrupts("Each zone's requests go to that zone's tasks alone."), true),
    enableDeletionProtection: turnedOff(lessProtected("AWS no longer refuses to delete it.")),
    enableWafFailOpen: turnedOn(lessProtected("Requests pass unfiltered while the firewall does not answer.")),
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: whenever(lessProtected("Other connections are let in than before.")),
    idleTimeout: ({ before, after }) =>
      !isUnknown(after) && Number(after) < Number(before ?? 60)
        ? interrupts("Connections that are silent for longer are ended.")
        : undefined,
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
      before === "HTTPS" || before === "TLS"
        ? lessProtected("Requests are no longer encrypted, and clients that ask by HTTPS are refused.")
        : interrupts(`Clients have to ask by ${String(after)}.`),
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
    deregistrationDelay: ({ before, after }) =>
      !isUnknown(after) && Number(after) < Number(before ?? 300)
        ? interrupts("Requests that take longer are cut off when a task ends.")
        : undefined,
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
