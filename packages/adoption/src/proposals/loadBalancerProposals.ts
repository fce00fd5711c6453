import type { Plan, PlanResource } from "@fairlead/plan";

import type { Asking } from "../found/asking";
import { listenersOf, type FoundListener } from "../found/listeners";
import type { Thing } from "../found/thing";
import { whyAmong, type NotesOf, type ReferenceProposal } from "./proposal";
import { loadBalancerReference } from "./references";

/** What a listener speaks, and where. */
type Spoken = Pick<FoundListener, "protocol" | "port">;

/** The load balancers that one which the plan would make could be, each by the listener that fits what it would have. */
export async function loadBalancerProposals(
  asking: Asking,
  plan: Plan,
  things: readonly Thing[],
  notesOf: NotesOf,
): Promise<ReferenceProposal[]> {
  const named = plan.resources.filter(({ type }) => type === "fairlead:networking:LoadBalancer");
  const found = named.length === 0 ? [] : things.filter(({ kind }) => kind === "loadBalancer");
  const listeners = await Promise.all(found.map(async (thing) => ({ thing, all: await listenersOf(asking, thing.arn) })));
  return named.flatMap((planned) => {
    const wanted = plannedListener(plan, planned);
    return listeners.flatMap(({ thing, all }) => {
      const listener = fittingListener(all, wanted);
      if (!listener) return [];
      return [
        {
          ...{ of: `LoadBalancer ${planned.name}`, thing, why: whyAmong(found) },
          notes: [...listenerNotes(listener, all, wanted), ...notesOf(thing)],
          reference: loadBalancerReference(planned.name, listener),
        },
      ];
    });
  });
}

/** The listener that services' rules would come to: the one that doesn't only redirect. */
function plannedListener({ resources }: Plan, { urn }: PlanResource): Spoken {
  const below = resources.filter(({ type, parent }) => type === "aws:lb/listener:Listener" && parent === urn);
  const own = below.find(({ inputs }) => !JSON.stringify(inputs.defaultActions ?? []).includes('"type":"redirect"'))?.inputs ?? {};
  const protocol = own.protocol === "HTTPS" ? ("https" as const) : ("http" as const);
  return { protocol, port: typeof own.port === "number" ? own.port : protocol === "https" ? 443 : 80 };
}

/**
 * The listener that fits best: one that doesn't only lead elsewhere, with the plan's protocol, then its port; where the plan's protocol has none, the one of
 * HTTPS.
 */
export function fittingListener(all: readonly FoundListener[], wanted: Spoken): FoundListener | undefined {
  const rank = ({ redirects, protocol, port }: FoundListener) => [
    redirects,
    protocol !== wanted.protocol,
    port !== wanted.port,
    protocol !== "https",
  ];
  const isBefore = (a: FoundListener, b: FoundListener) => rank(a).findIndex((fails, index) => fails !== rank(b)[index]);
  return [...all].sort((a, b) => {
    const first = isBefore(a, b);
    return first < 0 ? a.port - b.port : rank(a)[first] ? 1 : -1;
  })[0];
}

function listenerNotes(chosen: FoundListener, all: readonly FoundListener[], wanted: Spoken): string[] {
  const others = all.filter((each) => each !== chosen);
  return [
    ...(others.length > 0
      ? [`It has ${all.length} listeners. This is the one of ${spoken(chosen)}; ${others.map(otherwise).join("; ")}.`]
      : []),
    ...(chosen.protocol === wanted.protocol
      ? []
      : [
          `The plan would speak ${wanted.protocol}, and this listener speaks ${chosen.protocol}: what clients send ${chosen.protocol === "https" ? "is encrypted, and certificateArn of the configuration is not asked for" : "is not encrypted. Have its owner add a listener of HTTPS first"}.`,
        ]),
    ...(chosen.redirects
      ? ["It redirects whatever no rule takes: clients that follow come to what answers there, not to these services."]
      : []),
  ];
}

const spoken = ({ protocol, port }: Spoken) => `${protocol} at port ${port}`;
const otherwise = (listener: FoundListener) =>
  `that of ${spoken(listener)} ${listener.redirects ? "redirects" : "is left as it is"} (${listener.arn})`;
