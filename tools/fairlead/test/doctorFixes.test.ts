import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diagnose, diagnosisClients, type DiagnosedCause } from "@fairlead/diagnosis";
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
  return readText(folder, scene.serviceName, stringify(manifestOf(scene)));
}

function readText(directory: string, name: string, text: string): ReadService {
  const service = join(directory, name);
  mkdirSync(service, { recursive: true });
  writeFileSync(join(service, "service.yaml"), text);
  writeFileSync(join(service, "Dockerfile"), "FROM scratch\n");
  let found: ReadService[] = [];
  const defaults = { cpuArchitecture: "X86_64", desiredCount: 1 } as const;
  const offers = { capacityProviders: ["dev-ec2"] };
  try {
    loadServices({ directory, environment: "dev", environments: ["dev", "prod"], defaults, offers, onRead: (all) => (found = all) });
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

describe("a manifest as somebody wrote it", () => {
  const memory: DiagnosedCause["changes"] = [{ path: ["memoryMiB"], value: 1024 }];
  const cause = (changes: DiagnosedCause["changes"]) => ({ key: changes[0]!.path.join("."), changes }) as DiagnosedCause;
  const notes = (text: string, changes = memory) =>
    notesOf(cause(changes), readText(join(folder, "as-written"), "worker", text), folder, new Set(["worker"]));

  test("has the line of the change alone in the diff", () => {
    const text = "name:  worker\r\nkind: worker\r\nversion: '1.0.0'\r\n\r\n\r\ncpu:   256\r\nmemoryMiB:   512   # enough\r\n";
    const { place, diff } = notes(text);
    expect(place).toBe("as-written/worker/service.yaml:7:1");
    expect(diff!.split("\n").filter((line) => /^[-+][^-+]/.test(line))).toEqual([
      "-memoryMiB:   512   # enough\r",
      "+memoryMiB:   1024   # enough\r",
    ]);
  });

  test.each([
    ["an alias stands where the change would", "environments: { prod: &p { memoryMiB: 512 }, dev: *p }\n", memory],
    ["what would be taken away is not written", "", [{ path: ["placement", "constraints"], value: undefined }]],
  ])("has no diff where %s, and the place is said", (_, more, changes) => {
    const text = `name: worker\nkind: worker\nversion: 1.0.0\ncpu: 256\nmemoryMiB: 1024\n${more}`;
    expect(notes(text, changes)).toEqual({ place: expect.stringContaining("worker/service.yaml") as string, diff: undefined });
  });
});
