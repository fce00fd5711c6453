import type { GetLogEventsResponse } from "@aws-sdk/client-cloudwatch-logs";

import type { Sight } from "../asking/sight";
import type { StackClients } from "../aws/stackClients";
import { lineOf, type LogLine } from "./logLines";
import type { LogSource } from "./logSources";

/** One stream of CloudWatch Logs, from its beginning: what was read is not asked for again. */
export class LogStream {
  private token: string | undefined;

  /** @param name of the stream, which may not be there yet */
  constructor(
    private readonly name: string,
    private readonly source: LogSource,
    private readonly asking: { clients: StackClients; sight: Sight },
  ) {}

  /** Lines that came since. */
  async next(): Promise<LogLine[]> {
    const lines: LogLine[] = [];
    for (;;) {
      const page = await this.page();
      lines.push(...(page?.events ?? []).map((event) => lineOf(this.source, { ...event, logStreamName: this.name })));
      // At its end CloudWatch answers with the token that it was asked with.
      if (page?.nextForwardToken === undefined || page.nextForwardToken === this.token) return lines;
      this.token = page.nextForwardToken;
    }
  }

  private async page(): Promise<GetLogEventsResponse | undefined> {
    const { GetLogEventsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
    const { clients, sight } = this.asking;
    const { group: logGroupName, service } = this.source;
    const client = await clients.logs();
    const command = new GetLogEventsCommand({ logGroupName, logStreamName: this.name, startFromHead: true, nextToken: this.token });
    return sight.seeWhere(`logs of ${service}`, "logs:GetLogEvents", ["ResourceNotFoundException"], () => client.send(command));
  }
}
