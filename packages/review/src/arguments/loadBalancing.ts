import {
  asList,
  harmless,
  harmlessOnes,
  interrupts,
  lessProtected,
  loses,
  lowered,
  members,
  opened,
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

const asksOtherwise = (what: string) =>
  interrupts(`Tasks that run are asked by the new ${what} at once: those that don't answer it are ended.`);

/**
 * How targets are asked whether they are well.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
const healthCheck = members({
  ...Object.fromEntries(["path", "port", "protocol", "matcher"].map((name) => [name, whenever(asksOtherwise(name))])),
  enabled: turnedOff(lessProtected("Nobody asks any more whether its targets are well."), true),
  ...harmlessOnes("interval healthyThreshold"),
  timeout: lowered(asksOtherwise("timeout")),
  unhealthyThreshold: lowered(interrupts("Tasks that fail to answer fewer times are ended.")),
});

/** What a load balancer passes on of a connection, by the header. */
const clientCertificateHeaders = [
  "XAmznMtlsClientcert",
  "XAmznMtlsClientcertIssuer",
  "XAmznMtlsClientcertLeaf",
  "XAmznMtlsClientcertSerialNumber",
  "XAmznMtlsClientcertSubject",
  "XAmznMtlsClientcertValidity",
  "XAmznTlsCipherSuite",
  "XAmznTlsVersion",
];

/** Load balancers, and how they find what answers. */
export const loadBalancing: Readonly<Record<string, Judges>> = {
  "aws:lb/loadBalancer:LoadBalancer": {
    ...harmlessOnes("tags enableTlsVersionAndCipherSuiteHeaders enableZonalShift"),
    accessLogs: logs("Requests"),
    connectionLogs: logs("Connections"),
    healthCheckLogs: logs("Health checks"),
    dnsRecordClientRoutingPolicy: whenever(interrupts("Clients are led to other zones' addresses.")),
    ipamPools: whenever(interrupts("It gets other addresses from then on.")),
    ...harmlessOnes("secondaryIpsAutoAssignedPerSubnet enablePrefixForIpv6SourceNat"),
    desyncMitigationMode: ({ after }) =>
      after === "monitor" ? lessProtected("Requests that may smuggle others are let through.") : undefined,
    dropInvalidHeaderFields: turnedOff(lessProtected("Headers with invalid names reach programs.")),
    xffHeaderProcessingMode: whenever(lessProtected("Programs see another address as the client's.")),
    enableXffClientPort: whenever(
      interrupts("Programs see the client's port behind its address, or no longer: those that read the address alone fail."),
    ),
    preserveHostHeader: whenever(interrupts("Programs see another Host header.")),
    clientKeepAlive: lowered(interrupts("Clients' connections are ended earlier.")),
    minimumLoadBalancerCapacity: whenever(
      interrupts("It is ready for another number of requests: of a sudden rush more, or fewer, are refused."),
    ),
    enableHttp2: turnedOff(interrupts("Clients that speak HTTP/2 alone, such as gRPC's, are refused.")),
    enableCrossZoneLoadBalancing: turnedOff(interrupts("Each zone's requests go to that zone's tasks alone."), true),
    enableDeletionProtection: turnedOff(lessProtected("AWS no longer refuses to delete it.")),
    enableWafFailOpen: turnedOn(lessProtected("Requests pass unfiltered while the firewall does not answer.")),
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: whenever(lessProtected("Other connections are let in than before.")),
    idleTimeout: lowered(interrupts("Connections that are silent for longer are ended.")),
    ipAddressType: whenever(interrupts("Clients reach it by other kinds of addresses.")),
    securityGroups: whenever(lessProtected("Other security groups decide who reaches it.")),
    subnets: loses(interrupts("It is gone from a zone: clients that know its address there lose it.")),
    subnetMappings: whenever(interrupts("It has other addresses.")),
  },
  "aws:lb/listener:Listener": {
    ...harmlessOnes("tags routingHttpResponseServerEnabled"),
    tcpIdleTimeoutSeconds: lowered(interrupts("Connections that are silent for longer are ended."), 350),
    ...Object.fromEntries(
      clientCertificateHeaders.map((name) => [
        `routingHttpRequest${name}HeaderName`,
        whenever(interrupts("Programs find what the load balancer says of the connection under another header.")),
      ]),
    ),
    ...Object.fromEntries(
      ["AllowCredentials", "AllowHeaders", "AllowMethods", "AllowOrigin", "ExposeHeaders", "MaxAge"].map((name) => [
        `routingHttpResponseAccessControl${name}HeaderValue`,
        whenever(interrupts("Browsers let pages of other origins ask it otherwise than before.")),
      ]),
    ),
    ...Object.fromEntries(
      ["ContentSecurityPolicy", "StrictTransportSecurity", "XContentTypeOptions", "XFrameOptions"].map((name) => [
        `routingHttpResponse${name}HeaderValue`,
        whenever(lessProtected("Browsers are told otherwise what pages may do, and by which way to ask.")),
      ]),
    ),
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
    mutualAuthentication: ({ before, after }) => {
      const mode = (value: unknown) => (value as { mode?: string } | undefined)?.mode ?? "off";
      if (mode(before) === "verify" && mode(after) !== "verify")
        return opened("The load balancer asks clients for no certificate that it would check: everybody is let in.");
      return mode(after) === "verify" && mode(before) !== "verify"
        ? interrupts("Clients without a certificate are refused.")
        : lessProtected("Other certificates of clients count than before.");
    },
  },
  "aws:lb/listenerRule:ListenerRule": {
    // Who answers what is told by `requests`.
    ...harmlessOnes("tags priority conditions actions"),
    transforms: whenever(interrupts("Programs see other paths or hosts than clients ask for.")),
  },
  "aws:lb/targetGroup:TargetGroup": {
    ...harmlessOnes("tags slowStart loadBalancingAlgorithmType loadBalancingAnomalyMitigation"),
    loadBalancingCrossZoneEnabled: ({ after }) =>
      after === false || after === "false" ? interrupts("Each zone's requests go to that zone's tasks alone.") : undefined,
    lambdaMultiValueHeadersEnabled: whenever(interrupts("The function gets headers and parameters in another form.")),
    deregistrationDelay: lowered(interrupts("Requests that take longer are cut off when a task ends.")),
    healthCheck,
    stickiness: whenever(interrupts("Clients are led to another task than the one that they know.")),
    preserveClientIp: whenever(interrupts("Programs see another address as the client's, and security groups judge by another.")),
    proxyProtocolV2: ({ after }) =>
      after === true
        ? interrupts("Programs that don't expect the proxy protocol's header fail.")
        : interrupts("Programs that expect the proxy protocol's header fail."),
    connectionTermination: turnedOn(interrupts("Connections are ended when a target's time to drain is over.")),
    targetFailovers: harmless,
    targetGroupHealth: whenever(unknown("Requests are led otherwise when few targets are healthy.")),
    targetHealthStates: harmless,
  },
  "aws:lb/listenerCertificate:ListenerCertificate": {},
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": {},
};
