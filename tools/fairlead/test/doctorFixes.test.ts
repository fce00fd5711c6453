import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diagnose, diagnosisClients } from "@fairlead/diagnosis";
import { incidents } from "@fairlead/diagnosis/test/incidents";
import type { ServiceScene } from "@fairlead/diagnosis/testing/scenes/serviceScene";
import { loadServices, type ReadService } from "@fairlead/manifest";
import { stringify } from "yaml";

import { notesOf } from "../src/doctor/manifestFix";

/** The service.yaml that would have led to what runs in a scene. */
function manifestOf({ taskDefinition, service, serviceName, targetGroup, state }: ServiceScene): Record<string, unknown> {
  const [own, ...others] = taskDefinition.containerDefinitions!;
  const containerPort = own!.portMappings?.[0]?.containerPort;
  const isFargate = taskDefinition.requiresCompatibilities?.includes("FARGATE") ?? true;
  const schedule = state.schedules[0];
  const kind = service ? (containerPort ? "web-service" : "worker") : schedule ? "scheduled-job" : "job";
  return {
    ...{ name: serviceName, version: "1.0.0", kind, cpu: Number(taskDefinition.cpu), memoryMiB: Number(taskDefinition.memory) },
    runtimePlatform: { cpuArchitecture: taskDefinition.runtimePlatform?.cpuArchitecture ?? "X86_64" },
    ...(containerPort && { containerPort }),
    ...(targetGroup && containerPort && { routes: [{ path: "/api/*" }], healthCheck: { path: targetGroup.HealthCheckPath } }),
    ...(schedule && { schedule: schedule.ScheduleExpression }),
    ...(own!.secrets?.length && {
      secrets: Object.fromEntries(own!.secrets.map(({ name }) => [name, { secretsManager: `${serviceName}/${name}`, jsonKey: "key" }])),
    }),
    ...(own!.healthCheck && { containerHealthCheck: { command: own!.healthCheck.command } }),
    ...(!isFargate && { capacityProviderStrategy: [{ capacityProvider: "dev-ec2" }] }),
    ...(others.length > 0 && {
      sidecars: Object.fromEntries(
        others.map(({ name }) => [name, { image: `public.ecr.aws/shop/${name}:1.0.0`, ...(own!.memory && { memoryMiB: 64 }) }]),
      ),
    }),
  };
}

let folder: string;
beforeAll(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), "fairlead-fixes-")))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(scene: ServiceScene): ReadService {
  const service = join(folder, scene.serviceName);
  mkdirSync(service, { recursive: true });
  writeFileSync(join(service, "service.yaml"), stringify(manifestOf(scene)));
  writeFileSync(join(service, "Dockerfile"), "FROM scratch\n");
  let found: ReadService[] = [];
  const defaults = { cpuArchitecture: "X86_64", desiredCount: 1 } as const;
  const offers = { capacityProviders: ["dev-ec2"] };
  try {
    loadServices({ directory: folder, environment: "dev", environments: ["dev"], defaults, offers, onRead: (all) => (found = all) });
  } catch {
    // That a Dockerfile says nothing is not what is asked here.
  }
  return found[0]!;
}

let proposed = 0;

test.each(incidents.map((each) => [`${each.area}: ${each.title}`, each] as const))("each fix is a valid manifest: %s", async (_, each) => {
  const scene = each.scene();
  const { account, clusterArn, serviceName, service, taskDefinition } = scene;
  // Throttling takes real time, and is another test's matter.
  if ("ecs:DescribeServices" in account.calls) return;
  const clients = diagnosisClients(() => ({ ...account.clientConfig(), maxAttempts: 1 }));
  const subject = service ? { serviceName } : { family: taskDefinition.family };
  const { causes } = await diagnose({ clients, clusterArn, ...subject, now: account.clock.in(0) });
  const manifest = read(scene);
  for (const cause of causes.filter(({ changes }) => changes.length > 0)) {
    const { diff } = notesOf(cause, manifest, folder, new Set([serviceName]));
    expect({ cause: cause.cause, changes: cause.changes, diff }).toEqual(
      expect.objectContaining({ diff: expect.stringMatching(/^[+-]/m) }),
    );
    proposed++;
  }
});

test("fixes are proposed for a good part of them", () => expect(proposed).toBeGreaterThanOrEqual(30));
