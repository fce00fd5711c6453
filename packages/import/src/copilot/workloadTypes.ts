import type { ServiceKind } from "@fairlead/manifest";

/** What Copilot calls what it deploys, with what it is here. None where it has to be decided. */
export const workloadTypes = {
  "Load Balanced Web Service": "web-service",
  "Backend Service": "backend-service",
  "Worker Service": "worker",
  "Scheduled Job": "scheduled-job",
  "Request-Driven Web Service": "web-service",
  "Static Site": undefined,
} as const satisfies Record<string, ServiceKind | undefined>;

export type WorkloadType = keyof typeof workloadTypes;

export function isWorkloadType(text: string): text is WorkloadType {
  return Object.hasOwn(workloadTypes, text);
}

const web = "Load Balanced Web Service";
const backend = "Backend Service";
const worker = "Worker Service";
const job = "Scheduled Job";
const requestDriven = "Request-Driven Web Service";
const site = "Static Site";

/** Which types have a key. */
export const of = {
  all: [web, backend, worker, job, requestDriven, site],
  containers: [web, backend, worker, job, requestDriven],
  tasks: [web, backend, worker, job],
  services: [web, backend, worker],
  listening: [web, backend, requestDriven],
  balanced: [web, backend],
  web: [web],
  backend: [backend],
  worker: [worker],
  job: [job],
  requestDriven: [requestDriven],
  site: [site],
} as const satisfies Record<string, readonly WorkloadType[]>;
