import type { FilteredLogEvent } from "@aws-sdk/client-cloudwatch-logs";
import { withoutLogins } from "@fairlead/model";

import { eachOf } from "../asking/inBatches";
import type { Sight } from "../asking/sight";
import type { StackClients } from "../aws/stackClients";
import { LogCursor } from "./logCursor";
import type { LogSource } from "./logSources";

/** A line that a task wrote. */
export interface LogLine {
  /** Milliseconds since 1970. */
  timestamp: number;
  service: string;
  container: string;
  isOwn: boolean;
  /** Id of the task. */
  task: string;
  /** The task's own words, without logins of URLs. */
  message: string;
}

/** Which lines. */
export interface LogQuery {
  /** Milliseconds since 1970. */
  since: number;
  /** Milliseconds since 1970. Until now by default. */
  until?: number;
  /** A text, which the lines contain as it is written, or an expression that they match. All lines by default. */
  grep?: string | RegExp;
}

/** Milliseconds after which a look that goes further back is due. */
const rareLook = 60_000;
/**
 * Between two looks at the same streams, and between two looks at different ones: FilterLogEvents is answered 10 times a second and region.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
const pause = { least: 2000, perSource: 150 };

/** Reads what tasks wrote, from CloudWatch Logs. */
export class LogReader {
  /** @param now milliseconds since 1970 */
  constructor(
    private readonly clients: StackClients,
    private readonly sight: Sight,
    private readonly now: () => number = Date.now,
  ) {}

  /** All lines, in the order of their times. */
  read(sources: readonly LogSource[], query: LogQuery): Promise<LogLine[]> {
    return this.each(sources, (source) => this.of(source, query, new LogCursor(this.now)));
  }

  /** Lines as they come, until nobody wants more. @param wait waits so many milliseconds */
  async *follow(
    sources: readonly LogSource[],
    { since, grep }: LogQuery,
    wait: (milliseconds: number) => Promise<unknown>,
  ): AsyncGenerator<LogLine[], void> {
    // Each by itself: what one writes now must not hide what comes late of another.
    const cursors = new Map(sources.map((source) => [source, new LogCursor(this.now)]));
    const between = Math.max(pause.least, pause.perSource * sources.length);
    let waited = 0;
    for (;;) {
      const isRare = waited >= rareLook;
      if (isRare) waited = 0;
      const lines = await this.each(sources, (source) => {
        const cursor = cursors.get(source)!;
        return this.of(source, { since: cursor.from(since, isRare), grep }, cursor);
      });
      if (lines.length > 0) yield lines;
      await wait(between);
      waited += between;
    }
  }

  private async each(sources: readonly LogSource[], read: (source: LogSource) => Promise<LogLine[]>): Promise<LogLine[]> {
    const found = await eachOf(sources, (source) =>
      this.sight.seeWhere(`logs of ${source.service}`, "logs:FilterLogEvents", ["ResourceNotFoundException"], () => read(source)),
    );
    return found.flatMap((lines) => lines ?? []).sort((a, b) => a.timestamp - b.timestamp);
  }

  private async of(source: LogSource, { since, until, grep }: LogQuery, cursor: LogCursor): Promise<LogLine[]> {
    const { FilterLogEventsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
    const client = await this.clients.logs();
    const lines: LogLine[] = [];
    let nextToken: string | undefined;
    do {
      const { events = [], ...page } = await client.send(
        new FilterLogEventsCommand({
          logGroupName: source.group,
          logStreamNamePrefix: source.streamPrefix,
          startTime: since,
          endTime: until,
          filterPattern: typeof grep === "string" ? phrase(grep) : undefined,
          nextToken,
        }),
      );
      lines.push(...events.filter((event) => cursor.take(event) && contains(event, grep)).map((event) => lineOf(source, event)));
      ({ nextToken } = page);
    } while (nextToken !== undefined);
    return lines;
  }
}

/**
 * A filter pattern of CloudWatch's for lines that contain a text: what is in quotes is no term but a phrase.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function phrase(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

function contains({ message = "" }: FilteredLogEvent, grep: LogQuery["grep"]): boolean {
  return grep === undefined || (typeof grep === "string" ? message.includes(grep) : grep.test(message));
}

/** A line of a source. */
export function lineOf(
  { service, container, isOwn }: LogSource,
  { timestamp = 0, message = "", logStreamName = "" }: FilteredLogEvent,
): LogLine {
  // `<prefix>/<container>/<task id>`, and `…<container>-firelens-<task id>`.
  const task = logStreamName.split(/[/-]/).at(-1)!;
  return { timestamp, service, container, isOwn, task, message: withoutLogins(message.replace(/\r?\n$/, "")) };
}
