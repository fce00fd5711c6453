import { causes, type CauseId, type WaitId } from "./causes";
import type { DiagnosisClients } from "./clients";
import type { Evidence, ManifestChange } from "./finding";
import { gather, type GatherOptions } from "./gather/gather";
import type { Gathered, Subject } from "./gather/gathered";
import { valueOf, type Unseen } from "./gather/lookout";
import { judge } from "./judge";
import { couldLook, whyBlind } from "./sight";

/** One thing that is wrong, as `--json` has it. Keys are only ever added. */
export interface DiagnosedCause {
  cause: CauseId;
  /** The cause in words, the same for all services. */
  title: string;
  certainty: "sure" | "perhaps";
  /** What is wrong here, in a sentence. */
  problem: string;
  evidence: Evidence[];
  /** Key of service.yaml that decides it, such as `healthCheck.path`; null where none does. */
  key: string | null;
  /** Changes of service.yaml that mend it; none where nobody can know the value, or the manifest doesn't decide it. */
  changes: { path: (string | number)[]; value: unknown }[];
  /** What to do, in a sentence. */
  fix: string;
  commands: string[];
}

/** What was found of a service. */
export interface Diagnosis {
  version: 1;
  subject: Subject;
  /**
   * `wrong`: causes were found. `nothing`: none, and all was seen that it takes to say so. `unseen`: none, but the service itself, its deployments or its
   * tasks could not be seen.
   */
  outcome: "wrong" | "nothing" | "unseen";
  /** The likeliest first. */
  causes: DiagnosedCause[];
  /** What goes on without being wrong. */
  waits: { wait: WaitId; what: string }[];
  service: { desired: number; running: number; pending: number; deployment: string | null } | null;
  /** What could not be seen, by action, and why. */
  unseen: Unseen[];
  /** Why nobody can say that nothing is wrong; null where that can be said, or something is wrong. */
  reason: string | null;
  /** Calls that AWS was asked. */
  calls: number;
}

/** Whom and with what to ask. */
export interface DiagnoseArgs extends Subject, GatherOptions {
  clients: DiagnosisClients;
}

/**
 * Asks AWS, read only, what it knows of a service or job, and names what is wrong with it.
 *
 * @example
 * ```ts
 * const clients = diagnosisClients((service) => access.clientConfig(service));
 * console.log(textOf(await diagnose({ clusterArn, serviceName: "api", clients })));
 * ```
 * @throws whatever `signal` was aborted with; nothing else: what could not be seen is in `unseen`
 */
export async function diagnose({ clients, clusterArn, serviceName, family, scheduleName, ...options }: DiagnoseArgs): Promise<Diagnosis> {
  const subject: Subject = { clusterArn, serviceName, family, scheduleName };
  return diagnosisOf(await gather(subject, clients, options));
}

/** What follows from what was gathered. */
export function diagnosisOf(gathered: Gathered): Diagnosis {
  const { subject, unseen, calls } = gathered;
  const saw = couldLook(gathered);
  const blind = whyBlind(gathered);
  const { findings, waits: goesOn } = saw ? judge(gathered) : { findings: [], waits: [] };
  const service = valueOf(gathered.service);
  return {
    version: 1,
    subject,
    outcome: findings.length > 0 ? "wrong" : blind === null ? "nothing" : "unseen",
    causes: findings.map(({ cause, certainty, problem, evidence, key, changes = [], fix, commands = [] }) => ({
      ...{ cause, title: causes[cause], certainty, problem, evidence, key: key ?? null, fix, commands },
      changes: changes.map(({ path, value }: ManifestChange) => ({ path: [...path], value })),
    })),
    waits: goesOn,
    service: service
      ? {
          ...{ desired: service.desiredCount ?? 0, running: service.runningCount ?? 0, pending: service.pendingCount ?? 0 },
          deployment: gathered.deployments[0]?.status ?? null,
        }
      : null,
    unseen,
    reason: findings.length > 0 ? null : blind,
    calls,
  };
}
