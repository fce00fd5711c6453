import { diagnose, diagnosisClients, type CauseNotes, type Diagnosis } from "@fairlead/diagnosis";
import type { ReadService } from "@fairlead/manifest";
import { UserError } from "@fairlead/model";
import { chosenRunnables, type JobInAws, type OperatedStack, type ServiceInAws } from "@fairlead/operations";

import { notesOf } from "./manifestFix";
import { redactedDiagnosis } from "./redactedDiagnosis";

/** What was found of one service, with where it is decided. */
export interface Examined {
  name: string;
  diagnosis: Diagnosis;
  /** Of each cause. */
  notes: CauseNotes[];
}

/** What to examine: a stack, and its manifests as they were read. */
export interface ExamineArgs {
  stack: OperatedStack;
  manifests: readonly ReadService[];
  progress: (what: string) => void;
}

/**
 * The service or job of a name in a stack.
 *
 * @throws UserError where there is none
 */
export function chosen({ inAws }: Pick<OperatedStack, "inAws">, name: string): ServiceInAws | JobInAws {
  return chosenRunnables(inAws, [name])[0]!;
}

/** Asks AWS what is wrong with a service or job. */
export async function examine(runnable: ServiceInAws | JobInAws, { stack, manifests, progress }: ExamineArgs): Promise<Examined> {
  const { name, alarms, family } = runnable;
  const clusterArn = runnable.cluster ?? stack.inAws.cluster;
  if (clusterArn === undefined) throw new UserError(`The plan of ${stack.inAws.stack} names no cluster that ${name} runs in.`);
  const subject = runnable.kind === "service" ? { serviceName: runnable.serviceName } : { family, scheduleName: runnable.schedule };
  const clients = diagnosisClients((service) => stack.clients.config(service));
  const found = await diagnose({ clients, clusterArn, ...subject, alarmNames: alarms, progress: (what) => progress(`${name}: ${what}`) });
  const diagnosis = redactedDiagnosis(found);
  const read = manifests.find(({ spec }) => spec.name === name);
  const services = new Set(manifests.map(({ spec }) => spec.name));
  const notes = diagnosis.causes.map((cause) => (read ? notesOf(cause, read, stack.project.root, services) : {}));
  return { name, diagnosis, notes };
}
