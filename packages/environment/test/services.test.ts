import { referencesIn, type Plan } from "@fairlead/plan";
import * as pulumi from "@pulumi/pulumi";

import { compositionFile, compositionOf, named, ofType, planOf, ProjectFolder, refusalOf, service } from "./harness";

let project: ProjectFolder;
beforeAll(
  () =>
    (project = new ProjectFolder({
      "stacks/dev.ts": compositionFile,
      ...service(
        "api",
        "containerPort: 3000",
        "owner: shop",
        "tags: { team: blue }",
        "routes: [{ path: /api/* }]",
        "uses: [{ name: jobs }]",
      ),
      ...service("web", "containerPort: 8080", "routes: [{ path: /* }]", "calls: [api]", "runtimePlatform: { cpuArchitecture: X86_64 }"),
      ...service("writer", "kind: worker", "uses: [{ name: jobs }, { name: files, access: write }]"),
      ...service("migration", "kind: job", "before: [api]"),
    })),
);
afterAll(() => project.remove());

const containersOf = (plan: Plan, name: string) =>
  JSON.parse(named(plan, "aws:ecs/taskDefinition:TaskDefinition", name).inputs.containerDefinitions as string) as {
    image: string;
    environment: { name: string; value: string }[];
  }[];
const serviceOf = (plan: Plan, name: string) => named(plan, "aws:ecs/service:Service", name);
const rolloutOf = (plan: Plan, name: string) => named(plan, "pulumi-nodejs:dynamic/fairlead:Rollout", name);
const variablesOf = (plan: Plan, name: string) =>
  Object.fromEntries(containersOf(plan, name)[0]!.environment.map(({ name: variable, value }) => [variable, value]));

test("what a binding brings has a service's own names as well", async () => {
  const folder = new ProjectFolder({
    "stacks/dev.ts": compositionFile,
    ...service(
      "writer",
      "kind: worker",
      "uses: [{ name: jobs, as: { queueUrl: QUEUE } }, { name: files, as: { bucket: [S3_BUCKET, BUCKET] } }]",
    ),
  });
  const variables = variablesOf(await planOf(folder), "writer");
  folder.remove();
  expect(variables.QUEUE).toBe(variables.JOBS_QUEUE_URL);
  expect([variables.S3_BUCKET, variables.BUCKET]).toEqual([variables.FILES_BUCKET, variables.FILES_BUCKET]);
  expect(variables.S3_BUCKET).toContain("files");
  expect(variables.QUEUE).toContain("jobs");
});

test("permissions of a manifest are statements of its task's role", async () => {
  const asked =
    "permissions: [{ actions: [ses:SendEmail], resources: ['*'], conditions: { StringEquals: { ses:FromAddress: [a@b.test] } } }]";
  const folder = new ProjectFolder({ "stacks/dev.ts": compositionFile, ...service("mailer", "kind: worker", asked) });
  const { inputs } = named(await planOf(folder), "aws:iam/rolePolicy:RolePolicy", "mailer-task");
  folder.remove();
  expect((JSON.parse(inputs.policy as string) as { Statement: unknown }).Statement).toEqual([
    { Effect: "Allow", Action: ["ses:SendEmail"], Resource: ["*"], Condition: { StringEquals: { "ses:FromAddress": ["a@b.test"] } } },
  ]);
});

describe("a service's life", () => {
  let plan: Plan;
  beforeAll(async () => void (plan = await planOf(project)));

  test.each([
    ["api", "linux/arm64", "ARM64"],
    ["web", "linux/amd64", "X86_64"],
    ["writer", "linux/arm64", "ARM64"],
    ["migration", "linux/arm64", "ARM64"],
  ])("%s: what is built and what the task declares is one value", (name, platform, cpuArchitecture) => {
    const task = named(plan, "aws:ecs/taskDefinition:TaskDefinition", name);
    expect(task.inputs.runtimePlatform).toMatchObject({ cpuArchitecture });
    const digests = referencesIn(containersOf(plan, name)[0]!.image).filter(({ attribute }) => attribute === "digest");
    const [image] = plan.resources.filter(({ urn }) => urn === digests[0]!.urn);
    expect(image!.inputs.platforms).toEqual([platform]);
  });

  test("of calls through DNS needs no order", () => {
    expect(serviceOf(plan, "web").dependencies).not.toContain(rolloutOf(plan, "api").urn);
  });

  test("its component has the spec that it was made from, the same in every clone", () => {
    const { spec, imageTag } = named(plan, "fairlead:stacks:Service", "web").inputs as { spec: Record<string, unknown>; imageTag: string };
    expect(spec).toMatchObject({
      name: "web",
      file: "apps/web/service.yaml",
      build: { context: "apps/web", dockerfile: "apps/web/Dockerfile" },
      calls: ["api"],
    });
    expect(imageTag).toMatch(/^0\.0\.0-dirty-/);
    expect(JSON.stringify(plan.resources.map(({ inputs }) => inputs))).not.toContain(project.root);
  });

  test("who calls gets the URL and is let in, and nobody else is", () => {
    expect(variablesOf(plan, "web")).toMatchObject({ API_URL: "http://api.main.internal:3000", PORT: "8080", AWS_REGION: "eu-central-1" });
    const opened = ofType(plan, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map(({ name }) => name);
    expect(opened).toEqual(expect.arrayContaining(["api-from-web", "api-from-alb-3000", "web-from-alb-8080"]));
    expect(opened).not.toContain("web-from-api");
  });

  test("a caller waits until it is let in, and the one that it calls does not wait for it", () => {
    const [opening] = ofType(plan, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").filter(
      ({ name }) => name === "api-from-web",
    );
    const waits = (name: string) => named(plan, "aws:ecs/service:Service", name).dependencies.includes(opening!.urn);
    expect([waits("web"), waits("api")]).toEqual([true, false]);
  });

  test("a job that runs before a service gates its rollout, and that of no other", () => {
    const job = plan.resources.find(({ type, name }) => type === "pulumi-nodejs:dynamic:Resource" && name === "migration");
    expect(named(plan, "aws:ecs/service:Service", "api").dependencies).toContain(job!.urn);
    expect(named(plan, "aws:ecs/service:Service", "web").dependencies).not.toContain(job!.urn);
  });

  test("what is bound brings its variable and its permission, and no more", () => {
    expect(Object.keys(variablesOf(plan, "writer")).sort()).toEqual(["AWS_REGION", "FILES_BUCKET", "JOBS_QUEUE_URL"]);
    const { policy } = named(plan, "aws:iam/rolePolicy:RolePolicy", "writer-task").inputs as { policy: string };
    expect(policy).toContain("sqs:ReceiveMessage");
    expect(policy).not.toContain("sqs:SendMessage");
    expect(policy).not.toContain("s3:GetObject");
  });

  test("owner and tags are on what belongs to the service and can have some, and on nothing else", () => {
    const tagged = plan.resources.filter(({ inputs }) => (inputs.tags as { team?: string } | undefined)?.team === "blue");
    expect(tagged.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["aws:ecs/service:Service", "aws:ecs/taskDefinition:TaskDefinition", "aws:ecr/repository:Repository"]),
    );
    expect(
      tagged.every(({ urn, inputs }) => urn.includes("fairlead:stacks:Service$") && (inputs.tags as { owner: string }).owner === "shop"),
    ).toBe(true);
    expect(tagged.some(({ name }) => name.startsWith("web"))).toBe(false);
  });

  test("outputs name each service's image, and what another environment would take over", () => {
    expect(Object.keys(plan.outputs.images as object)).toEqual(["api", "migration", "web", "writer"]);
    expect(plan.outputs.releases).toMatchObject({
      api: { platforms: ["linux/arm64"], tag: expect.stringMatching(/^0\.0\.0-dirty-.*-arm64$/) as string },
    });
  });
});

describe("calls through Service Connect", () => {
  let connected: ProjectFolder;
  let plan: Plan;
  beforeAll(async () => {
    connected = new ProjectFolder({
      "stacks/dev.ts": compositionOf({ serviceConnect: true }),
      ...service("api", "containerPort: 3000", "calls: [stock, api]"),
      ...service("mailer", "kind: worker", "calls: [api]"),
      ...service("stock", "containerPort: 80", "networkMode: bridge", "capacityProviderStrategy: [{ capacityProvider: graviton }]"),
    });
    plan = await planOf(connected);
  });
  afterAll(() => connected.remove());

  test("have an order: a task finds only services that were there when it was deployed", () => {
    expect(serviceOf(plan, "api").dependencies).toContain(rolloutOf(plan, "stock").urn);
    expect(serviceOf(plan, "mailer").dependencies).toContain(rolloutOf(plan, "api").urn);
    expect(serviceOf(plan, "stock").dependencies).not.toContain(rolloutOf(plan, "api").urn);
  });

  test("go to the plain name, and to the port that Docker chose for the proxy in bridge mode", () => {
    expect(variablesOf(plan, "api")).toMatchObject({ STOCK_URL: "http://stock:80" });
    const opened = (name: string) => named(plan, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name).inputs;
    expect(opened("stock-from-api")).toMatchObject({ fromPort: 32768, toPort: 65535 });
    expect(opened("api-from-mailer")).toMatchObject({ fromPort: 3000, toPort: 3000 });
  });
});

test("calls by DNS go past a shift of traffic, which is told; those through Service Connect are shifted", async () => {
  const shifted = new ProjectFolder({
    ...service("api", "containerPort: 3000", "routes: [{ path: /* }]", "deployment: { strategy: CANARY }"),
    ...service("mailer", "kind: worker", "calls: [api]"),
  });
  const warningsWith = async (stack: "dev" | "prod", serviceConnect: boolean) => {
    shifted.write({ [`stacks/${stack}.ts`]: compositionOf({ serviceConnect }) });
    const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
    await planOf(shifted, {}, { stack });
    const told = warn.mock.calls.map(([message]) => message).filter((message) => message.startsWith("FL1040"));
    warn.mockRestore();
    return told;
  };
  expect(await warningsWith("dev", false)).toEqual([expect.stringMatching(/^FL1040 api comes out by CANARY, and mailer calls it by DNS/)]);
  expect(await warningsWith("prod", true)).toEqual([]);
  shifted.remove();
});

test("where repositories are not deleted with their images, a retired service's stays, and the cache of builds does not", async () => {
  project.write({ "stacks/prod.ts": compositionOf({ forceDeleteRepositories: false }) });
  const plan = await planOf(project, {}, { stack: "prod" });
  const repositories = ofType(plan, "aws:ecr/repository:Repository").map(({ name, inputs, options }) => [
    name,
    options.retainOnDelete === true,
    inputs.forceDelete,
  ]);
  expect(repositories).toContainEqual(["api", true, false]);
  expect(repositories).toContainEqual(["build-cache", false, true]);
});

test("what no commit holds is not built where that is refused, and each such service is named", async () => {
  const told = await refusalOf(planOf(project, { uncommittedSources: "refuse" }));
  expect(told).toMatch(/^FL2002 dev builds only what a commit holds /);
  expect(told).toMatch(/api: [^]*migration: [^]*web: [^]*writer: /);
});

describe("an environment that takes its images over", () => {
  const config = { promoteFrom: "staging" };

  test("names what was never promoted, and the command that does it", async () => {
    const told = await refusalOf(planOf(project, config));
    expect(told).toMatch(
      /^FL2010 dev takes its images over from staging, as stacks\/promotions\.dev\.yaml says:\n {2}api: never promoted to dev/,
    );
    expect(told).toContain("npx fairlead promote --all --from staging --to dev");
  });

  test("copies what was promoted, and builds nothing", async () => {
    const digest = `sha256:${"a".repeat(64)}`;
    const entry = (name: string, platform: string) =>
      [
        `  ${name}:`,
        `    image: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/fairlead/staging/${name}@${digest}`,
        "    tag: 1.0.0-abc",
        `    platforms: [${platform}]`,
        "    revision: abc",
        "    from: staging",
        "    by: Jo <jo@example.com>",
        "    at: 2026-01-01T00:00:00Z",
      ].join("\n");
    const all = [["api"], ["migration"], ["web", "linux/amd64"], ["writer"]].map(([name, platform = "linux/arm64"]) =>
      entry(name!, platform),
    );
    project.write({ "stacks/promotions.dev.yaml": `services:\n${all.join("\n")}\n` });
    const plan = await planOf(project, config);
    expect(ofType(plan, "docker-build:index:Image")).toEqual([]);
    expect(named(plan, "fairlead:stacks:Service", "api").inputs.imageTag).toBe("1.0.0-abc");
    expect(plan.outputs.releases).toMatchObject({ api: { from: "staging", by: "Jo <jo@example.com>" } });
  });
});

test("services may call each other in a circle where they find each other by DNS, and each is let in before", async () => {
  const folder = new ProjectFolder({
    "stacks/dev.ts": compositionFile,
    ...service("api", "containerPort: 80", "calls: [web]"),
    ...service("web", "containerPort: 80", "calls: [api]"),
  });
  try {
    const plan = await planOf(folder);
    const openings = ofType(plan, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").filter(({ name }) =>
      /^(api-from-web|web-from-api)$/.test(name),
    );
    const names = (service: string) =>
      openings.filter(({ urn }) => named(plan, "aws:ecs/service:Service", service).dependencies.includes(urn)).map(({ name }) => name);
    expect([names("api"), names("web")]).toEqual([["web-from-api"], ["api-from-web"]]);
  } finally {
    folder.remove();
  }
});
