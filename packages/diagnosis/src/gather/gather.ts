import type { DiagnosisClients } from "../clients";
import { timeOf } from "./clock";
import { gatherDeployments, gatherInstances, gatherService, gatherTaskDefinitions } from "./deployments";
import { gatheredNothing, type Gathered, type Subject } from "./gathered";
import { gatherLogs } from "./logs";
import { Lookout, valueOf } from "./lookout";
import { gatherNetwork, gatherTargets } from "./network";
import { gatherStart } from "./start";
import { gatherTasks } from "./tasks";
import { gatherQuotas, gatherScaling, gatherSchedule, gatherScheduleDenials, gatherWatch } from "./watch";

/** How a service is looked at. */
export interface GatherOptions {
  /** Names of its alarms, besides those that its deployments watch. None by default. */
  alarmNames?: readonly string[];
  /** Called with what is looked at next. Nobody by default. */
  progress?: (what: string) => void;
  /** Ends it. Nothing by default. */
  signal?: AbortSignal;
  /** The time. AWS's by default. */
  now?: Date;
}

/**
 * Gathers what AWS says of a service: read only, in parallel. Of a service with 200 tasks that takes fewer than 40 calls, and of whichever service
 * never more than 50. What may not be seen is left out, and said in `unseen`.
 */
export async function gather(subject: Subject, clients: DiagnosisClients, options: GatherOptions = {}): Promise<Gathered> {
  const { alarmNames = [], progress = () => {}, signal, now } = options;
  const gathered = gatheredNothing(subject, now ?? new Date());
  const lookout = new Lookout(signal);
  progress("the service, its tasks and its deployments");
  await Promise.all([
    gatherService(gathered, clients, lookout),
    gatherTasks(gathered, clients, lookout),
    gatherDeployments(gathered, clients, lookout),
    gatherScaling(gathered, clients, lookout),
    gatherSchedule(gathered, clients, lookout),
  ]);
  gathered.now = now ?? (await timeOf(clients));
  progress("what tasks need and who calls them");
  const words = wordsOf(gathered);
  await Promise.all([
    gatherTaskDefinitions(gathered, clients, lookout).then(() => {
      progress("images, secrets and logs");
      return Promise.all([
        gatherStart(gathered, clients, lookout),
        gatherLogs(gathered, clients, lookout),
        gatherScheduleDenials(gathered, clients, lookout),
      ]);
    }),
    gatherTargets(gathered, clients, lookout).then(() => gatherNetwork(gathered, clients, lookout)),
    gatherWatch(gathered, alarmNames, clients, lookout),
    gatherQuotas(gathered, words, clients, lookout),
    /container instance|container-instance/i.test(words) && gatherInstances(gathered, clients, lookout),
  ]);
  gathered.unseen = lookout.unseen;
  gathered.calls = lookout.calls;
  return gathered;
}

/** What AWS says in words: events of the last hours and reasons of stopped tasks. */
function wordsOf(gathered: Gathered): string {
  const events = (valueOf(gathered.service)?.events ?? []).map(({ message }) => message);
  return [...events, ...gathered.stoppedTasks.map(({ stoppedReason }) => stoppedReason)].join("\n");
}
