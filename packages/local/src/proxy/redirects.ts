import type { Outcome } from "@fairlead/changes";

import { inFormat, quoted } from "./configurationSyntax";
import { page, pageAnswer } from "./errorPages";
import type { LocalListener } from "./listeners";

type Redirect = Extract<Outcome, { kind: "redirect" }>;

/** Listeners of the same load balancer, and the machine's ports that they have. */
export interface Surroundings {
  listener: LocalListener;
  siblings: readonly LocalListener[];
  /** By {@link LocalListener.localPort}. */
  publishedPort: (localPort: number) => number;
}

/** Those that AWS takes. */
const titles: Record<string, string> = { "301": "301 Moved Permanently", "302": "302 Found" };

/**
 * Sends a client elsewhere, as a redirect action does. Where that is a listener of this load balancer under the host that the client asked for, the address is
 * the one that it has on this machine, without TLS.
 *
 * @param condition under which it does
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions
 */
export function redirectRules({ statusCode, to }: Redirect, condition: string, surroundings: Surroundings): string[] {
  const { listener } = surroundings;
  const status = statusCode in titles ? statusCode : "302";
  const words: Record<string, string> = {
    protocol: listener.protocol.toLowerCase(),
    host: "%[var(txn.host)]",
    port: String(listener.port ?? listener.localPort),
    path: "%[path,regsub(^/,)]",
    query: "%[query]",
  };
  const filled = (text: string) =>
    text
      .split(/(#\{(?:protocol|host|port|path|query)\})/)
      .map((part, index) => (index % 2 === 1 ? words[part.slice(2, -1)] : inFormat(part)))
      .join("");
  const origin = localOrigin(to, filled, surroundings) ?? `${filled(to.protocol).toLowerCase()}://${filled(to.host)}:${filled(to.port)}`;
  const query = filled(to.query);
  const location = `${origin}${filled(to.path)}${query === "" ? "" : "%[var(txn.query)]"}`;
  return [
    // HAProxy 2.6 ends with a segmentation fault where the format of a variable is empty.
    ...(query === ""
      ? []
      : [
          `http-request set-var-fmt(txn.query) ${quoted(query)} ${condition}`,
          `http-request set-var-fmt(txn.query) "?%[var(txn.query)]" ${condition} { var(txn.query) -m len gt 0 }`,
        ]),
    `http-request return status ${status} ${pageAnswer(page(titles[status]!))} hdr Location ${quoted(location)} ${condition}`,
  ];
}

/** `http://localhost:8080`, in a format. */
function localOrigin(
  { host, port }: Redirect["to"],
  filled: (text: string) => string,
  { listener, siblings, publishedPort }: Surroundings,
): string | undefined {
  if (!host.includes("#{host}")) return undefined;
  const isOwn = port === "#{port}" || port === String(listener.port);
  const other = siblings.find((each) => each.mode === "http" && String(each.port) === port);
  if (!isOwn && !other) return undefined;
  return `http://${filled(host)}:${isOwn ? "%[var(txn.port)]" : publishedPort(other!.localPort)}`;
}
