import type { Task, TaskDefinition } from "@aws-sdk/client-ecs";
import { hasFailed } from "@fairlead/rollout";

import type { DiagnosisClients } from "../clients";
import type { Gathered, LogTail } from "./gathered";
import { logText } from "./logText";
import { valueOf, type Lookout } from "./lookout";
import { targetTaskDefinition } from "./revision";

/** Streams that are read, of tasks that ended and of those that run. */
const mostStreams = 4;
const mostOfRunning = 2;
/** Lines that are read of each: the last ones. */
const lines = 50;

/** The last lines of tasks that stopped, one of each way to stop, and of the newest ones that run. */
export async function gatherLogs(gathered: Gathered, clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const stopped = [
    ...new Map(
      gathered.stoppedTasks
        .filter(hasFailed)
        .map((task) => [waysOf(task), task] as const)
        .reverse(),
    ).values(),
  ].reverse();
  const running = [...gathered.runningTasks].sort((a, b) => Number(b.createdAt ?? 0) - Number(a.createdAt ?? 0)).slice(0, mostOfRunning);
  const ended = stopped.flatMap((task) => streamsOf(gathered, task)).slice(0, mostStreams - Math.min(running.length, 1));
  const streams = [...ended, ...running.flatMap((task) => streamsOf(gathered, task)).slice(0, mostStreams - ended.length)];
  if (streams.length === 0) streams.push(...(await newestStream(gathered, clients, lookout)));
  const { GetLogEventsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
  const read = await Promise.all(
    streams.map(async ({ group, stream, ...where }): Promise<LogTail[]> => {
      const command = new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, limit: lines, startFromHead: false });
      const seen = await lookout.ask("logs:GetLogEvents", async () => (await clients.logs()).send(command));
      if (seen.state !== "seen") return [];
      const { events = [] } = seen.value;
      const texts = logText(events.map(({ message = "" }) => message));
      return [
        { ...where, group, stream, lines: events.map(({ timestamp = 0 }, index) => ({ at: new Date(timestamp), text: texts[index]! })) },
      ];
    }),
  );
  gathered.logs = read.flat();
}

/** The stream that was written to last, where no task is left to tell which. */
async function newestStream(gathered: Gathered, clients: DiagnosisClients, lookout: Lookout): Promise<Stream[]> {
  const [own] = targetTaskDefinition(gathered)?.containerDefinitions ?? [];
  const group = own?.logConfiguration?.options?.["awslogs-group"];
  if (own === undefined || group === undefined) return [];
  const { DescribeLogStreamsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
  const command = new DescribeLogStreamsCommand({ logGroupName: group, orderBy: "LastEventTime", descending: true, limit: 1 });
  const seen = valueOf(await lookout.ask("logs:DescribeLogStreams", async () => (await clients.logs()).send(command)));
  return (seen?.logStreams ?? []).map(({ logStreamName = "" }) => ({
    taskArn: "",
    container: own.name ?? "",
    group,
    stream: logStreamName,
  }));
}

/** Tasks that stopped alike say the same. */
function waysOf({ stopCode, stoppedReason = "", taskDefinitionArn, containers = [] }: Task): string {
  const words = stoppedReason.replace(/[0-9a-f-]{8,}/g, "").slice(0, 160);
  return [stopCode, words, taskDefinitionArn, ...containers.map(({ name, exitCode, reason }) => `${name} ${exitCode} ${reason}`)].join(
    "\n",
  );
}

type Stream = Omit<LogTail, "lines">;

/** Where the containers of a task write: those that ended by themselves first. */
function streamsOf(gathered: Gathered, { taskArn = "", taskDefinitionArn = "", containers = [] }: Task): Stream[] {
  const definition: TaskDefinition | undefined = gathered.taskDefinitions.get(taskDefinitionArn) ?? targetTaskDefinition(gathered);
  const id = taskArn.split("/").pop()!;
  const exitCodes = new Map(containers.map(({ name, exitCode }) => [name, exitCode]));
  return (definition?.containerDefinitions ?? [])
    .flatMap(({ name = "", essential, logConfiguration }) => {
      const options = logConfiguration?.options ?? {};
      const [group, prefix] = [options["awslogs-group"], options["awslogs-stream-prefix"]];
      if (logConfiguration?.logDriver !== "awslogs" || !group || !prefix) return [];
      const rank = exitCodes.get(name) ? 0 : essential === false ? 2 : 1;
      return [{ rank, stream: { taskArn, container: name, group, stream: `${prefix}/${name}/${id}` } }];
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, 2)
    .map(({ stream }) => stream);
}
