import type { Event } from "@aws-sdk/client-cloudtrail";

import type { Sight } from "../asking/sight";
import type { StackClients } from "../aws/stackClients";

/** What begins a deployment, or ends one. */
const calls = ["UpdateService", "CreateService"];
/**
 * Pages that are read of each: CloudTrail answers twice a second, 50 events each time.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
const mostPages = 4;
/** A deployment begins within seconds of the call. */
const mostMilliseconds = 30_000;

interface Asked {
  cluster: string;
  service: string;
  at: number;
  by: string;
}

/** Who asked ECS for something, as CloudTrail recorded it. It keeps 90 days; a call is there some minutes later. */
export class AuditTrail {
  private readonly asked: Asked[] = [];

  constructor(
    private readonly clients: StackClients,
    private readonly sight: Sight,
  ) {}

  /** @param since from then on */
  async read(since: Date): Promise<void> {
    const { LookupEventsCommand } = await import("@aws-sdk/client-cloudtrail");
    const client = await this.clients.trail();
    const from = new Date(Number(since) - mostMilliseconds);
    await this.sight.see("who deployed", "cloudtrail:LookupEvents", async () => {
      for (const name of calls) {
        const LookupAttributes = [{ AttributeKey: "EventName" as const, AttributeValue: name }];
        let NextToken: string | undefined;
        let pages = 0;
        do {
          const page = await client.send(new LookupEventsCommand({ LookupAttributes, StartTime: from, MaxResults: 50, NextToken }));
          this.asked.push(...(page.Events ?? []).flatMap(askedBy));
          ({ NextToken } = page);
        } while (NextToken !== undefined && ++pages < mostPages);
      }
    });
  }

  /** Who made the last call before a deployment began. */
  whoAskedFor(cluster: string, service: string, createdAt: Date): string | undefined {
    const began = Number(createdAt);
    // CloudTrail's times are whole seconds.
    const candidates = this.asked.filter(
      (each) => each.service === service && each.cluster === cluster && each.at <= began + 2000 && began - each.at <= mostMilliseconds,
    );
    return candidates.sort((a, b) => b.at - a.at)[0]?.by;
  }
}

interface Recorded {
  errorCode?: string;
  userIdentity?: { arn?: string; userName?: string; sessionContext?: { sourceIdentity?: string } };
  requestParameters?: { cluster?: string; service?: string; serviceName?: string };
}

function askedBy({ CloudTrailEvent, EventTime, Username }: Event): Asked[] {
  let recorded: Recorded;
  try {
    recorded = JSON.parse(CloudTrailEvent ?? "") as Recorded;
  } catch {
    return [];
  }
  const { userIdentity, requestParameters, errorCode } = recorded;
  const service = requestParameters?.service ?? requestParameters?.serviceName;
  if (errorCode !== undefined || service === undefined || EventTime === undefined) return [];
  const last = (text: string) => text.split("/").at(-1)!;
  // `arn:aws:sts::…:assumed-role/<role>/<session>`, `arn:aws:iam::…:user/<name>`
  const who = userIdentity?.arn?.split("/").slice(1).join("/") || userIdentity?.userName || Username;
  const by = userIdentity?.sessionContext?.sourceIdentity ?? who;
  if (by === undefined) return [];
  return [{ cluster: last(requestParameters?.cluster ?? "default"), service: last(service), at: Number(EventTime), by }];
}
