import type * as cloudWatch from "@aws-sdk/client-cloudwatch";
import type * as logs from "@aws-sdk/client-cloudwatch-logs";

import { page } from "../answer";
import { Refusal } from "../protocols";
import type { AnsweringAccount } from "../account";
import type { ScriptedLogGroup } from "../state";

function groupOf({ state }: AnsweringAccount, name: string | undefined): ScriptedLogGroup {
  const found = state.logGroups.find(({ logGroupName }) => logGroupName === name);
  if (!found) throw new Refusal("ResourceNotFoundException", "The specified log group does not exist.");
  return found;
}

/** A filter pattern that is one phrase in quotes; others are not known here. */
function matchesPhrase(message: string, pattern: string | undefined): boolean {
  if (pattern === undefined || pattern === "") return true;
  const [, phrase] = /^"(.*)"$/s.exec(pattern) ?? [];
  if (phrase === undefined) throw new Error(`The scripted AWS does not know the filter pattern ${pattern}`);
  return message.includes(phrase.replace(/\\(["\\])/g, "$1"));
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Operations.html */
export const logsAnswers = {
  GetLogEvents(input: logs.GetLogEventsRequest, account: AnsweringAccount): logs.GetLogEventsResponse {
    const stream = groupOf(account, input.logGroupName).streams[input.logStreamName!];
    if (!stream) throw new Refusal("ResourceNotFoundException", "The specified log stream does not exist.");
    const size = account.pageSize(input.limit ?? 10_000);
    const [, token] = /^f\/(\d+)$/.exec(input.nextToken ?? "") ?? [];
    const begin = token !== undefined ? Number(token) : input.startFromHead ? 0 : Math.max(0, stream.length - size);
    const events = stream.slice(begin, begin + size);
    return {
      events: events.map((event) => ({ ...event, ingestionTime: event.timestamp })),
      // At the end it is the token that was asked with.
      nextForwardToken: `f/${begin + events.length}`,
    };
  },

  DescribeLogStreams(input: logs.DescribeLogStreamsRequest, account: AnsweringAccount): logs.DescribeLogStreamsResponse {
    const { streams } = groupOf(account, input.logGroupName);
    const found = Object.entries(streams)
      .filter(([name]) => name.startsWith(input.logStreamNamePrefix ?? ""))
      .map(([logStreamName, events]) => ({ logStreamName, lastEventTimestamp: events.at(-1)?.timestamp }))
      .sort((a, b) => (input.orderBy === "LastEventTime" ? (b.lastEventTimestamp ?? 0) - (a.lastEventTimestamp ?? 0) : 0));
    const { items, next } = page(found, input.nextToken, account.pageSize(input.limit ?? 50));
    return { logStreams: items, nextToken: next };
  },

  DescribeLogGroups(input: logs.DescribeLogGroupsRequest, account: AnsweringAccount): logs.DescribeLogGroupsResponse {
    const found = account.state.logGroups.filter(({ logGroupName }) => logGroupName.startsWith(input.logGroupNamePrefix ?? ""));
    const { items, next } = page(found, input.nextToken, account.pageSize(input.limit ?? 50));
    return { logGroups: items.map(({ logGroupName }) => ({ logGroupName })), nextToken: next };
  },

  FilterLogEvents(input: logs.FilterLogEventsRequest, account: AnsweringAccount): logs.FilterLogEventsResponse {
    const { streams } = groupOf(account, input.logGroupName);
    const found = Object.entries(streams)
      .filter(([name]) => !input.logStreamNames?.length || input.logStreamNames.includes(name))
      .filter(([name]) => name.startsWith(input.logStreamNamePrefix ?? ""))
      .flatMap(([logStreamName, events]) =>
        events.map((event, index) => ({ logStreamName, eventId: `${logStreamName}#${index}`, ...event })),
      )
      .filter(({ message }) => matchesPhrase(message, input.filterPattern))
      .filter(({ timestamp }) => timestamp >= (input.startTime ?? 0) && timestamp <= (input.endTime ?? Infinity))
      .sort((a, b) => a.timestamp - b.timestamp);
    const { items, next } = page(found, input.nextToken, account.pageSize(input.limit ?? 10_000));
    return { events: items, nextToken: next };
  },
};

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Operations.html */
export const cloudWatchAnswers = {
  DescribeAlarms(input: cloudWatch.DescribeAlarmsInput, { state, pageSize }: AnsweringAccount): cloudWatch.DescribeAlarmsOutput {
    if ((input.AlarmNames?.length ?? 0) > 100) throw new Refusal("ValidationError", "AlarmNames: at most 100");
    const found = state.alarms
      .filter(({ AlarmName }) => !input.AlarmNames?.length || input.AlarmNames.includes(AlarmName!))
      .filter(({ AlarmName }) => AlarmName!.startsWith(input.AlarmNamePrefix ?? ""))
      .filter(({ StateValue }) => input.StateValue === undefined || StateValue === input.StateValue);
    const { items, next } = page(found, input.NextToken, pageSize(input.MaxRecords ?? 50));
    return { MetricAlarms: items, CompositeAlarms: [], NextToken: next };
  },

  DescribeAlarmHistory(
    input: cloudWatch.DescribeAlarmHistoryInput,
    { state, pageSize }: AnsweringAccount,
  ): cloudWatch.DescribeAlarmHistoryOutput {
    const found = state.alarmHistory
      .filter(({ AlarmName }) => input.AlarmName === undefined || AlarmName === input.AlarmName)
      .filter(({ HistoryItemType }) => input.HistoryItemType === undefined || HistoryItemType === input.HistoryItemType)
      .filter(({ Timestamp }) => !input.StartDate || Timestamp! >= input.StartDate)
      .filter(({ Timestamp }) => !input.EndDate || Timestamp! <= input.EndDate)
      .sort((a, b) => Number(b.Timestamp) - Number(a.Timestamp));
    const { items, next } = page(found, input.NextToken, pageSize(input.MaxRecords ?? 100));
    return { AlarmHistoryItems: items, NextToken: next };
  },

  GetMetricData(input: cloudWatch.GetMetricDataInput, { state }: AnsweringAccount): cloudWatch.GetMetricDataOutput {
    const queries = input.MetricDataQueries ?? [];
    if (queries.length > 500)
      throw new Refusal("ValidationError", "The collection MetricDataQueries must not have a size greater than 500.");
    const MetricDataResults = queries
      .filter(({ ReturnData }) => ReturnData !== false)
      .map(({ Id, Label, MetricStat }): cloudWatch.MetricDataResult => {
        const metric = MetricStat?.Metric;
        const series = state.metrics.find(
          (each) =>
            each.Namespace === metric?.Namespace &&
            each.MetricName === metric?.MetricName &&
            (metric?.Dimensions ?? []).length === Object.keys(each.Dimensions).length &&
            (metric?.Dimensions ?? []).every(({ Name, Value }) => each.Dimensions[Name!] === Value),
        );
        const points = (series?.points ?? []).filter(({ Timestamp }) => Timestamp >= input.StartTime! && Timestamp <= input.EndTime!);
        const sorted = input.ScanBy === "TimestampAscending" ? points : [...points].reverse();
        return {
          ...{ Id, Label: Label ?? metric?.MetricName, StatusCode: "Complete" },
          ...{ Timestamps: sorted.map(({ Timestamp }) => Timestamp), Values: sorted.map(({ Value }) => Value) },
        };
      });
    return { MetricDataResults };
  },
};
