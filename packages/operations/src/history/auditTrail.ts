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
      let cutOff: string | undefined;
      for (const name of calls) {
        const LookupAttributes = [{ AttributeKey: "EventName" as const, AttributeValue: name }];
        let NextToken: string | undefined;
        let pages = 0;
        do {
          const page = await client.send(new LookupEventsCommand({ LookupAttributes, StartTime: from, MaxResults: 50, NextToken }));
          this.asked.push(...(page.Events ?? []).flatMap(askedBy));
          ({ NextToken } = page);
        } while (NextToken !== undefined && ++pages < mostPages);
        if (NextToken !== undefined) cutOff = name;
      }
      if (cutOff !== undefined) throw new Error(`of ${cutOff} there are more than the ${mostPages * 50} newest calls that are looked at`);
    });
  }

  /** Who made the last call before a deployment began, of those that begin one. */
  whoAskedFor(cluster: string, service: string, createdAt: Date): string | undefined {
    const began = Number(createdAt);
    const candidates = this.asked
      .filter((each) => each.service === service && each.cluster === cluster && began - each.at <= mostMilliseconds)
      .sort((a, b) => b.at - a.at);
    // CloudTrail's times are whole seconds: what is a little late counts where nothing else does.
    return (candidates.find(({ at }) => at <= began) ?? candidates.findLast(({ at }) => at <= began + 2000))?.by;
  }
}

interface Recorded {
  errorCode?: string;
  userIdentity?: { arn?: string; userName?: string; sessionContext?: { sourceIdentity?: string } };
  requestParameters?: { cluster?: string; service?: string; serviceName?: string } & Record<string, unknown>;
}

function askedBy({ CloudTrailEvent, EventName, EventTime, Username }: Event): Asked[] {
  let recorded: Recorded;
  try {
    recorded = JSON.parse(CloudTrailEvent ?? "") as Recorded;
  } catch {
    return [];
  }
  const { userIdentity, requestParameters, errorCode } = recorded;
  if (EventName === "UpdateService" && !beginsOne(requestParameters ?? {})) return [];
  const service = requestParameters?.service ?? requestParameters?.serviceName;
  if (errorCode !== undefined || service === undefined || EventTime === undefined) return [];
  const last = (text: string) => text.split("/").at(-1)!;
  // `arn:aws:sts::…:assumed-role/<role>/<session>`, `arn:aws:iam::…:user/<name>`
  const who = userIdentity?.arn?.split("/").slice(1).join("/") || userIdentity?.userName || Username;
  const by = userIdentity?.sessionContext?.sourceIdentity ?? who;
  if (by === undefined) return [];
  return [{ cluster: last(requestParameters?.cluster ?? "default"), service: last(service), at: Number(EventTime), by }];
}

/**
 * Parameters of UpdateService that name the service, or that ECS takes over without a deployment: scaling sends a count all day.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
const withoutDeployment = new Set([
  "cluster",
  "service",
  "desiredCount",
  "deploymentConfiguration",
  "availabilityZoneRebalancing",
  "placementConstraints",
  "placementStrategy",
  "healthCheckGracePeriodSeconds",
  "enableExecuteCommand",
]);

/** Whether a call of UpdateService may begin a deployment. */
function beginsOne(parameters: Record<string, unknown>): boolean {
  return Object.entries(parameters).some(([name, value]) => !withoutDeployment.has(name) && value !== false && value !== null);
}
