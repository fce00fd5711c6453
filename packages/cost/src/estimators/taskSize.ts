import type { Plan, PlanResource } from "@fairlead/plan";

/** What decides the price of a task for each hour that it runs. */
export interface TaskSize {
  vcpu: number;
  gib: number;
  architecture: string;
  /** Disk of Fargate's that it pays for, in GiB. */
  extraStorage: number;
}

interface TaskInputs {
  cpu?: string;
  memory?: string;
  runtimePlatform?: { cpuArchitecture?: string };
  ephemeralStorage?: { sizeInGib?: number };
}

/** Disk that Fargate gives each task for nothing, in GiB. */
const includedStorage = 20;

/** The size of a task definition's tasks. */
export function sizeOf({ inputs }: PlanResource): TaskSize {
  const { cpu, memory, runtimePlatform, ephemeralStorage } = inputs as TaskInputs;
  return {
    vcpu: Number(cpu) / 1024,
    gib: Number(memory) / 1024,
    architecture: runtimePlatform?.cpuArchitecture ?? "X86_64",
    extraStorage: Math.max(0, (ephemeralStorage?.sizeInGib ?? includedStorage) - includedStorage),
  };
}

/** `0.5 vCPU and 1 GiB, ARM64` */
export function sizeText({ vcpu, gib, architecture }: TaskSize): string {
  return `${vcpu} vCPU and ${gib} GiB, ${architecture}`;
}

/** How many tasks the services of a plan run, and of which size: whatever the services are called. */
export function taskDemand(plan: Pick<Plan, "resources">, referred: (value: unknown) => PlanResource | undefined): unknown {
  return servicesOf(plan)
    .map(({ inputs }) => {
      const task = referred(inputs.taskDefinition);
      return JSON.stringify([inputs.desiredCount, task && sizeOf(task)]);
    })
    .sort();
}

/** How many tasks the services of a plan run. */
export function taskCount(plan: Pick<Plan, "resources">): number {
  return servicesOf(plan).reduce((sum, { inputs }) => sum + (Number(inputs.desiredCount) || 0), 0);
}

function servicesOf({ resources }: Pick<Plan, "resources">): PlanResource[] {
  return resources.filter(({ type }) => type === "aws:ecs/service:Service");
}
