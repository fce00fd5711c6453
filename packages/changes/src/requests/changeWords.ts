import type { RequestChange } from "./requestChange";

/** How much a route says of its requests: what says more comes first. */
export const literal = ({ requests }: RequestChange) => requests.replace(/[*?]|everything else/g, "").length;

export type Words = Pick<RequestChange, "subject" | "outcome" | "text">;

/** What a change cannot say of itself. */
export interface Surroundings {
  /** The load balancer is one of several. */
  isNamed: boolean;
  /** No other port of it answers anything but redirects. */
  isOnePort: boolean;
  /** Its listener is others', who may have rules on it. */
  isShared: boolean;
}

/** A change in words. */
export function wordsOf(change: Omit<RequestChange, keyof Words>, { isNamed, isOnePort, isShared }: Surroundings): Words {
  const { requests, except, from, to, effect, port, protocol = "", caughtBy } = change;
  const isTcp = /^(TCP|UDP|TLS|TCP_UDP|QUIC)/.test(protocol);
  const what = isTcp ? `${protocol} on port ${port}` : isOnePort ? requests : `${requests} on port ${port}`;
  const where = isNamed ? ` at ${change.loadBalancer}` : "";
  const subject = `${what}${where}${except.length > 0 ? ` except ${except.join(", ")}` : ""}`;
  const owners = change.takenFromOwner ? [from, to].map(({ owners: own }) => ` (team ${own.join(", ")})`) : ["", ""];
  const note = effect === "renamed" ? ", its new name" : caughtBy !== undefined ? `, caught by ${caughtBy}` : "";
  const condition = isShared ? ", where no rule of others on the listener comes first" : "";
  const outcome = `${from.text}${owners[0]} → ${to.text}${owners[1]}${note}${condition}`;
  return { subject, outcome, text: `${subject}: ${outcome}` };
}
