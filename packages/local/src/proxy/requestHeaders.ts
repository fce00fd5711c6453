import type { LocalListener } from "./listeners";

/**
 * Headers that Application Load Balancers add to what they forward. They say the listener's protocol and port as AWS has them: a service that leads from HTTP to
 * HTTPS, or keeps its cookies to HTTPS, would else do nothing but that. `Host` stays as the client sent it, where load balancers may take its port away: the
 * ports of one machine are others.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html
 */
export function forwardedHeaders({ protocol, port, localPort, forwardedFor }: LocalListener): string[] {
  return [
    ...forwardedForRules[forwardedFor],
    `http-request set-header X-Forwarded-Proto ${protocol.toLowerCase()}`,
    `http-request set-header X-Forwarded-Port ${port ?? localPort}`,
    ...traceHeader,
  ];
}

const forwardedForRules: Record<LocalListener["forwardedFor"], string[]> = {
  append: [
    'http-request set-var-fmt(txn.client) "%[src]"',
    'http-request set-var-fmt(txn.client) "%[req.fhdr(x-forwarded-for)], %[src]" if { req.fhdr(x-forwarded-for) -m len gt 0 }',
    'http-request set-header X-Forwarded-For "%[var(txn.client)]"',
  ],
  preserve: [],
  remove: ["http-request del-header X-Forwarded-For"],
};

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html */
const traceHeader = [
  'http-request set-var-fmt(txn.trace) "1-%[date,hex,lower,bytes(8,8)]-%[uuid,regsub(-,,g),bytes(0,24)]"',
  "http-request set-var(txn.traced) req.fhdr(x-amzn-trace-id)",
  `http-request set-var(txn.traced) 'var(txn.traced),regsub("(^|;)Self=[^;]*",,i),regsub("^;",)'`,
  'http-request set-header X-Amzn-Trace-Id "Root=%[var(txn.trace)]" if !{ var(txn.traced) -m len gt 0 }',
  'http-request set-header X-Amzn-Trace-Id "Root=%[var(txn.trace)];%[var(txn.traced)]" if { var(txn.traced) -m len gt 0 } !{ var(txn.traced) -m sub -i Root= }',
  'http-request set-header X-Amzn-Trace-Id "Self=%[var(txn.trace)];%[var(txn.traced)]" if { var(txn.traced) -m sub -i Root= }',
];
