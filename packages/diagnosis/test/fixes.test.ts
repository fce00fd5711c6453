import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { diagnose, diagnosisClients, type DiagnosedCause } from "../src";
import { fargateWeb, worker } from "../testing/scenes/healthy";
import type { ServiceScene } from "../testing/scenes/serviceScene";

async function firstOf({ account, clusterArn, serviceName }: ServiceScene): Promise<DiagnosedCause> {
  const clients = diagnosisClients(account.clientConfig);
  return (await diagnose({ clusterArn, serviceName, clients, now: account.clock.in(0) })).causes[0]!;
}

/** A rollout of a changed container. */
function rollout(
  change: (own: ContainerDefinition, others: ContainerDefinition[]) => void = () => undefined,
  build = worker,
): ServiceScene {
  const scene = build();
  scene.registerTaskDefinition(({ containerDefinitions }) => change(containerDefinitions![0]!, containerDefinitions!));
  scene.deploy();
  return scene;
}

/** The load balancer got this of its tasks. */
function answering(status: number, change?: (own: ContainerDefinition) => void): ServiceScene {
  const scene = rollout(change, fargateWeb);
  const [task] = scene.run(1, 600);
  const TargetHealth = { State: "unhealthy", Reason: "Target.ResponseCodeMismatch" } as const;
  scene.register(task!, { ...TargetHealth, Description: `Health checks failed with these codes: [${status}]` });
  return scene;
}

function exits(scene: ServiceScene, exitCode: number, log: readonly string[]): ServiceScene {
  const exited = { stopCode: "EssentialContainerExited", stoppedReason: "Essential container in task exited" } as const;
  scene.stop({ ...exited, containers: [{ exitCode, log }] });
  return scene;
}

function doesNotStart(scene: ServiceScene, stoppedReason: string, container?: { name: string; reason: string }): ServiceScene {
  scene.stop({ stopCode: "TaskFailedToStart", stoppedReason, ...(container && { containers: [container] }) }, 2);
  return scene;
}

describe("a health check", () => {
  test.each([301, 401, 403, 429, 418])("a program that answers %d never comes to count as healthy", async (status) => {
    const found = await firstOf(answering(status));
    expect(found).toMatchObject({ cause: "target-health-status", key: "healthCheck.path", changes: [] });
    expect(found.fix).toMatch(/^(Let the program answer|Name )/);
    expect(found.fix).not.toMatch(/let its status count/);
  });

  test("404: the path that the container's own check asks for; where there is none, nobody guesses one", async () => {
    expect((await firstOf(answering(404))).changes).toEqual([]);
    const asks = (own: ContainerDefinition) => (own.healthCheck = { command: ["CMD", "curl", "-f", "http://localhost:3000/ready"] });
    expect((await firstOf(answering(404, asks))).changes).toEqual([{ path: ["healthCheck", "path"], value: "/ready" }]);
  });

  const onLoopback = (environment: ContainerDefinition["environment"]) => {
    const scene = rollout((own) => (own.environment = environment), fargateWeb);
    const [task] = scene.run(1, 600);
    scene.log(task!, ["listening on http://127.0.0.1:3000"]);
    scene.register(task!, { State: "unhealthy", Reason: "Target.FailedHealthChecks", Description: "Health checks failed" });
    return scene;
  };

  test("127.0.0.1: the variable that says so is changed, and no other is thought of", async () => {
    const given = [
      { name: "DB_HOST", value: "127.0.0.1" },
      { name: "BIND_ADDRESS", value: "127.0.0.1" },
    ];
    const path = ["environment", "BIND_ADDRESS"];
    expect(await firstOf(onLoopback(given))).toMatchObject({ cause: "listens-on-loopback", changes: [{ path, value: "0.0.0.0" }] });
    expect(await firstOf(onLoopback([given[0]!]))).toMatchObject({ cause: "listens-on-loopback", key: null, changes: [] });
  });

  test("of two ports that a program listens on nobody knows which is for requests", async () => {
    const scene = rollout(undefined, fargateWeb);
    const [task] = scene.run(1, 600);
    scene.log(task!, ["listening on 0.0.0.0:8080", "metrics: listening on 0.0.0.0:9090"]);
    scene.register(task!, { State: "unhealthy", Reason: "Target.FailedHealthChecks", Description: "Health checks failed" });
    expect(await firstOf(scene)).toMatchObject({ cause: "target-health-port", certainty: "perhaps", changes: [] });
  });
});

describe("what nobody can know is not proposed", () => {
  test("another user", async () => {
    const reason = "CannotStartContainerError: unable to find user app: no matching entries in passwd file";
    const scene = rollout((_, all) => all.push({ name: "proxy", essential: true, user: "envoy" }));
    const found = await firstOf(doesNotStart(scene, "Task failed to start", { name: "proxy", reason }));
    expect(found).toMatchObject({
      cause: "user-missing",
      key: "sidecars.proxy.user",
      changes: [],
      problem: expect.stringContaining("envoy"),
    });
  });

  test("another port", async () => {
    const found = await firstOf(exits(rollout(), 1, ["Error: listen EACCES: permission denied 0.0.0.0:80"]));
    expect(found).toMatchObject({ cause: "privileged-port", changes: [] });
  });

  test("a root file system that may be written to", async () => {
    const found = await firstOf(exits(rollout(), 1, ["reading '/etc/app/config'", "attempt to write a readonly database"]));
    expect(found).toMatchObject({ cause: "read-only-file-system", changes: [] });
    expect(found.problem).not.toContain("/etc/app");
  });

  test("a limit of files for a program that starts too many processes", async () => {
    const limited = rollout((own) => (own.ulimits = [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }]));
    const files = await firstOf(exits(limited, 1, ["Error: EMFILE: too many open files"]));
    expect(files.changes).toEqual([{ path: ["ulimits"], value: [{ name: "nofile", softLimit: 2048, hardLimit: 4096 }] }]);
    const processes = rollout((own) => (own.ulimits = [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }]));
    expect(await firstOf(exits(processes, 1, ["fork: Resource temporarily unavailable"]))).toMatchObject({ cause: "ulimits", changes: [] });
  });
});

describe("secrets", () => {
  const arn = (scene: ServiceScene, name: string) => scene.account.arn("secretsmanager", `secret:dev/${name}-AbCdEf`);
  /** Each with a key of its own. */
  function withSecrets(names: Record<string, string>, sidecar: Record<string, string> = {}): ServiceScene {
    const scene = worker();
    const of = (all: Record<string, string>) => Object.entries(all).map(([name, secret]) => ({ name, valueFrom: arn(scene, secret) }));
    scene.registerTaskDefinition(({ containerDefinitions }) => {
      containerDefinitions![0]!.secrets = of(names);
      if (Object.keys(sidecar).length > 0) containerDefinitions!.push({ name: "proxy", essential: true, secrets: of(sidecar) });
    });
    for (const name of new Set([...Object.values(names), ...Object.values(sidecar)])) {
      const KmsKeyId = scene.account.arn("kms", `key/${name}`);
      scene.state.secrets.push({ ARN: arn(scene, name), Name: `dev/${name}`, KmsKeyId });
      scene.state.keys.push({ KeyId: name, Arn: KmsKeyId, KeyState: "Enabled" });
    }
    scene.deploy();
    return scene;
  }
  const kms = "ResourceInitializationError: unable to pull secrets: AccessDeniedException: Access to KMS is not allowed";

  test("a key is not blamed where there are several and AWS names none", async () => {
    const found = await firstOf(doesNotStart(withSecrets({ TOKEN: "token", PASSWORD: "password" }), kms));
    expect(found).toMatchObject({ cause: "kms-denied", key: null, changes: [], problem: "a KMS key may not be used to decrypt" });
  });

  test("the key is named of the secret that AWS names", async () => {
    const scene = withSecrets({ TOKEN: "token", PASSWORD: "password" });
    const found = await firstOf(doesNotStart(scene, `${kms} (${arn(scene, "password")})`));
    const value = scene.account.arn("kms", "key/password");
    expect(found).toMatchObject({ cause: "kms-denied", changes: [{ path: ["secrets", "PASSWORD", "kmsKeyArn"], value }] });
  });

  test("a sidecar's secret is the sidecar's line", async () => {
    const scene = withSecrets({}, { TOKEN: "token" });
    const denied = `AccessDeniedException: not authorized to perform: secretsmanager:GetSecretValue on resource: ${arn(scene, "token")}`;
    expect(await firstOf(doesNotStart(scene, `ResourceInitializationError: ${denied}`))).toMatchObject({
      ...{ cause: "execution-role-permission", key: "sidecars.proxy.secrets.TOKEN" },
    });
    expect(await firstOf(doesNotStart(withSecrets({}, { TOKEN: "token" }), kms))).toMatchObject({
      ...{ cause: "kms-denied", key: "sidecars.proxy.secrets.TOKEN.kmsKeyArn" },
    });
  });

  test("a secret whose name begins like another one's is not taken for it", async () => {
    const scene = withSecrets({ OLD: "token", NEW: "token-of-today" });
    // By an ARN without the six characters that AWS adds.
    scene.container.secrets![0]!.valueFrom = arn(scene, "token").replace("-AbCdEf", "");
    const denied = `AccessDeniedException: not authorized to perform: secretsmanager:GetSecretValue on resource: ${arn(scene, "token-of-today")}`;
    expect((await firstOf(doesNotStart(scene, `ResourceInitializationError: ${denied}`))).key).toBe("secrets.NEW");
  });
});

test("a mixed strategy is nobody's to weigh anew", async () => {
  const scene = fargateWeb();
  scene.service.capacityProviderStrategy = [
    { capacityProvider: "FARGATE_SPOT", weight: 3 },
    { capacityProvider: "FARGATE", weight: 1, base: 2 },
  ];
  scene.registerTaskDefinition();
  scene.deploy();
  scene.event("was unable to place a task. Reason: Spot capacity is unavailable at this time.", 30);
  scene.service.runningCount = 1;
  expect(await firstOf(scene)).toMatchObject({ cause: "no-capacity-spot", changes: [] });
});

test("what to do begins with what to do", async () => {
  const { account, clusterArn, serviceName } = exits(rollout(), 1, ["Error: getaddrinfo ENOTFOUND db"]);
  const { causes } = await diagnose({ clusterArn, serviceName, clients: diagnosisClients(account.clientConfig), now: account.clock.in(0) });
  expect(causes[0]!.fix).toMatch(/^Bind what it needs/);
});
