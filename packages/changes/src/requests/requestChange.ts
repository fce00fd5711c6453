import type { Answered } from "./answered";
import type { Request } from "./model";
import type { Route } from "./routeLabels";

/**
 * What becomes of some requests, the gravest first:
 * - `unanswered`: somebody answered, nobody does.
 * - `unknown`: nobody can tell.
 * - `unguarded`: it is answered without what had to be shown before: a sign-in, a signed address, a header, the client's own address.
 * - `moved`: another one answers.
 * - `guarded`: the same one answers, and asks for more or for something else before.
 * - `redirected`: the same one answers, by another way.
 * - `answered`: somebody answers, nobody did.
 * - `otherwise`: nobody answered, nobody does, and with another status.
 * - `renamed`: the same one answers, under another name.
 */
export const requestEffects = [
  "unanswered",
  "unguarded",
  "unknown",
  "moved",
  "guarded",
  "redirected",
  "answered",
  "otherwise",
  "renamed",
] as const;
export type RequestEffect = (typeof requestEffects)[number];

/** Requests that another one answers after a change. */
export interface RequestChange {
  loadBalancer: string;
  /** It has private addresses alone. */
  internal: boolean;
  port: number | undefined;
  protocol: string | undefined;
  /** Which requests, by the routes that the manifests write: `shop.example.com/api/*`. */
  requests: string;
  /** Routes within, whose requests stay where they were. */
  except: string[];
  /** One of them. */
  example: { host: string; path: string };
  from: Answered;
  to: Answered;
  effect: RequestEffect;
  /** The wider route, or `the default action`, that catches them now: nobody wrote that they should go there. */
  caughtBy?: string;
  /** Whether they go from one owner's service to another's. */
  takenFromOwner: boolean;
  /** Which requests, with the port and the load balancer where there are several: `/api/* except /api/v1/*`. */
  subject: string;
  /** What becomes of them: `api (team shop) → web (team front)`. */
  outcome: string;
  /** Both in a line. */
  text: string;
}

/** The gravest first. */
export function byEffect(a: RequestChange, b: RequestChange): number {
  return requestEffects.indexOf(a.effect) - requestEffects.indexOf(b.effect);
}

/** A representative request that is answered otherwise than before, or not. */
export interface Compared {
  host: number;
  path: number;
  others: number;
  request: Request;
  routes: { before: Route; after: Route };
  from: Answered;
  to: Answered;
  /** Undefined where nothing changes. */
  effect: RequestEffect | undefined;
}
