import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { planOfStack, readProject, type Plan } from "@fairlead/plan";
import { imagesOfTasks } from "@fairlead/report";

import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";

const repository = new FixtureRepository();
afterAll(() => repository.remove());

const stacks = ["dev", "staging", "prod"] as const;
const services = ["accounts-migration", "api", "report-writer", "web"];
const plans = new Map<string, Plan>();
beforeAll(async () => {
  for (const stack of stacks) plans.set(stack, await planOfStack(readProject(stack, [], repository.folder), stack));
});

const fairlead = (name: string, ...args: string[]) => runCommand(repository.folder, name, ...args);
const ofType = (plan: Plan, type: string) => plan.resources.filter((resource) => resource.type === type);

describe.each(stacks)("the plan of %s", (stack) => {
  test("gives every container a digest of an image that covers the task's platform", () => {
    const images = imagesOfTasks(plans.get(stack)!);
    const built = images.filter(({ covers }) => covers !== undefined);
    expect(built.map(({ container }) => container).sort()).toEqual(services);
    for (const { image, covers } of built) {
      expect(covers).toBe(true);
      expect(image).toMatch(/#digest\}$|Index::[\w-]+#ref\}$/);
    }
  });

  test("refers to no resource that is not in it", () => {
    const { resources } = plans.get(stack)!;
    const urns = new Set(resources.map(({ urn }) => urn));
    for (const { dependencies, parent } of resources) {
      for (const urn of parent ? [parent, ...dependencies] : dependencies) expect(urns).toContain(urn);
    }
  });

  test("admits only the load balancer and named callers to tasks", () => {
    const plan = plans.get(stack)!;
    const rules = ofType(plan, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    const open = rules.filter(({ inputs }) => inputs.cidrIpv4 === "0.0.0.0/0").map(({ name }) => name);
    const listeners = { dev: ["dev-alb-http"], staging: [], prod: ["prod-alb-http", "prod-alb-https"] };
    expect(open.sort()).toEqual(listeners[stack]);
    const forwarding = ofType(plan, "aws:lb/listener:Listener").filter(({ inputs }) => JSON.stringify(inputs).includes("fixed-response"));
    expect(forwarding.map(({ inputs }) => inputs.protocol)).toEqual([stack === "dev" ? "HTTP" : "HTTPS"]);
    expect(rules.map(({ name }) => name)).toEqual(expect.arrayContaining(["api-from-alb-3000", "web-from-alb-8080", "api-from-web"]));
    expect(rules.map(({ name }) => name)).not.toContain("web-from-api");
  });

  test("runs tasks in private subnets without public addresses, on no network of a host's", () => {
    const plan = plans.get(stack)!;
    for (const { inputs } of ofType(plan, "aws:ecs/service:Service")) {
      expect(inputs.networkConfiguration).toMatchObject({ assignPublicIp: false });
    }
    for (const { inputs } of ofType(plan, "aws:ecs/taskDefinition:TaskDefinition")) expect(inputs.networkMode).toBe("awsvpc");
  });

  test("has no login of a registry in it", () => {
    const plan = plans.get(stack)!;
    expect(JSON.stringify(plan)).not.toContain("known-only-to-aws");
    expect(ofType(plan, "docker-build:index:Image")[0]!.inputs.registries).toEqual([expect.objectContaining({ password: "[secret]" })]);
  });
});

test("an environment's size is what its composition says", () => {
  const facts = (plan: Plan) => ({
    natGateways: ofType(plan, "aws:ec2/natGateway:NatGateway").length,
    capacity: ofType(plan, "aws:ecs/service:Service").map(
      ({ inputs }) => (inputs.capacityProviderStrategies as { capacityProvider: string }[])[0]!.capacityProvider,
    ),
    desiredCount: ofType(plan, "aws:ecs/service:Service").map(({ inputs }) => inputs.desiredCount),
  });
  expect(facts(plans.get("dev")!)).toEqual({ natGateways: 1, capacity: Array(3).fill("FARGATE_SPOT"), desiredCount: [1, 1, 1] });
  expect(facts(plans.get("prod")!)).toEqual({ natGateways: 3, capacity: Array(3).fill("FARGATE"), desiredCount: [3, 3, 3] });
});

test("a migration ends well before the service that needs it is rolled out, and its way to the database is open before it runs", () => {
  const plan = plans.get("dev")!;
  const [job] = ofType(plan, "pulumi-nodejs:dynamic:Resource");
  const api = ofType(plan, "aws:ecs/service:Service").find(({ name }) => name === "api")!;
  const web = ofType(plan, "aws:ecs/service:Service").find(({ name }) => name === "web")!;
  expect(api.dependencies).toContain(job!.urn);
  expect(web.dependencies).not.toContain(job!.urn);
  const opened = job!.dependencies.filter((urn) => urn.endsWith("SecurityGroupIngressRule::accounts-from-accounts-migration"));
  expect(opened).toHaveLength(1);
});

describe("policy", () => {
  test("a plan that breaks no rule but excepted ones passes where policy is mandatory, and each exception has its reason printed", async () => {
    const { status, stdout } = await fairlead("preview", "prod");
    expect(status).toBe(0);
    expect(stdout).toContain("0 findings, 7 excepted.");
    expect(stdout).toMatch(/ECR\.2 +build-cache: imageTagMutability is "MUTABLE" {2}excepted: BuildKit overwrites its cache tags/);
    expect(stdout).not.toContain("not needed any more");
  });

  test("a finding fails the preview where policy is mandatory, and is advice elsewhere", async () => {
    const { status, stderr } = await fairlead("preview", "dev", "--json", "--config", "policyEnforcement=mandatory");
    expect(status).toBe(1);
    expect(stderr).toContain("ELB.1");
    expect((await fairlead("preview", "dev")).status).toBe(0);
  });

  test("a misspelt enforcement is refused before anything is planned, and switches nothing off", async () => {
    for (const command of ["preview", "plans"]) {
      const { status, stdout, stderr } = await fairlead(command, "dev", "--config", "policyEnforcement=Mandatory");
      expect(status).toBe(1);
      expect(stdout + stderr).toMatch(/FL2407 fairlead:policyEnforcement is \S*Mandatory\S*: expected one of advisory, mandatory/);
      expect(stdout).not.toContain("resources");
    }
  });
});

test("a secret of the configuration is in no plan and no text", async () => {
  const planted = "planted-0r1g1n-k3y";
  for (const args of [["--json"], []]) {
    const { stdout, stderr, status } = await fairlead("preview", "staging", ...args, "--config", `originKey=${planted}`);
    expect(status).toBe(0);
    expect(stdout + stderr).not.toContain(planted);
    if (args.length > 0) expect(stdout).toContain("x-origin-key");
  }
});

test("the tree shows each task's image, and the totals", async () => {
  const { status, stdout } = await fairlead("preview");
  expect(status).toBe(0);
  expect(stdout).toContain("Plan of fairlead/dev");
  expect(stdout).toMatch(/✓ api +linux\/arm64 → ARM64 {2}<api repositoryUrl>@<api-arm64 digest>/);
  expect(stdout).toMatch(/\d+ resources \(.*\) in \d+ components\. Nothing was created\./);
});

describe("a mistake", () => {
  const manifest = "apps/api/service.yaml";
  afterEach(() => repository.git("checkout", "--quiet", "--", "."));

  test.each([
    ["a misspelt key", "memoryMiB:", "memoryMib:", /api\/service\.yaml:6:1 {2}FL1002 [\s\S]*Did you mean "memoryMiB"/],
    ["an impossible pair", "memoryMiB: 512", "memoryMiB: 513", /api\/service\.yaml:6:12 {2}FL1006 [\s\S]*fix: Set memoryMiB to 512/],
    ["no YAML", "name: api", "name: [api", /api\/service\.yaml:\d+:\d+ {2}FL1001 /],
  ])("%s ends with 1 and says where, without a stack, and the plan of the others is there", async (_, good, bad, expected) => {
    repository.edit(manifest, (text) => text.replace(good, bad));
    const { status, stdout, stderr } = await fairlead("preview", "dev");
    expect(status).toBe(1);
    expect(stdout).toMatch(/ web fairlead:stacks:Service/);
    expect(stderr).toMatch(expected);
    expect(stderr).toContain("Nothing was changed.");
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test.each([
    ["policy-exceptions.yaml", "exceptions:\n  - control: ECR.2\n", /stacks\/policy-exceptions\.yaml:2:5 {2}FL2402 /],
    ["policy-exceptions.yaml", "exceptions: [", /stacks\/policy-exceptions\.yaml:1:\d+ {2}FL2401 /],
    ["usage.yaml", "usage:\n  - { stack: dev, resource: a b, perMonth: { hours: 1 } }\n", /stacks\/usage\.yaml:2:53 {2}FL2404 /],
    ["environments.json", '{ "environments": [3] }', /stacks\/environments\.json:1:20 {2}FL2405 /],
    ["Pulumi.dev.yaml", "config:\n  aws:region: us-east-1\n  fairlead:buildConcurrency: 0\n", /stacks\/Pulumi\.dev\.yaml:3:30 {2}FL2407 /],
    ["Pulumi.dev.yaml", "config: [", /stacks\/Pulumi\.dev\.yaml:1:\d+ {2}FL2401 /],
  ])("in stacks/%s ends with 1 and says where, without a stack", async (file, text, expected) => {
    repository.write(`stacks/${file}`, text);
    const { status, stderr } = await fairlead("preview", "dev", "--html", join(repository.folder, "report.html"));
    expect(status).toBe(1);
    expect(stderr).toMatch(expected);
    expect(stderr).toMatch(/^ {2}fix: /m);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test("in a file to write ends with 1 and says why", async () => {
    const file = join(repository.folder, "no/report.html");
    const stderr = `${file} can't be written: there is no such folder.\n`;
    expect(await fairlead("preview", "dev", "--html", file)).toMatchObject({ status: 1, stderr });
  });

  test("in a composition's imports ends with 1 and says whose", () => {
    repository.edit("stacks/dev.ts", (text) => text.replace("@fairlead/services", "@fairlead/servces"));
    const command = [join(__dirname, "../bin/fairlead.js"), "preview", "dev"];
    const { status, stderr } = spawnSync(process.execPath, command, { cwd: repository.folder, encoding: "utf8" });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `Cannot find module '@fairlead/servces', which ${join(repository.folder, "stacks/dev.ts")} imports.\n`,
    });
  });

  test("a folder of services that isn't there is no plan without services", async () => {
    expect(await fairlead("preview", "dev", "--config", "appsDirectory=aps")).toEqual({
      status: 1,
      stdout: "",
      stderr: "There is no folder aps (fairlead:appsDirectory of stack dev).\n",
    });
  });

  test("an unknown stack names those that there are", async () => {
    expect(await fairlead("preview", "production")).toEqual({
      status: 1,
      stdout: "",
      stderr: 'There is no stack "production". Stacks: dev, prod, staging.\n',
    });
  });
});

test("colours nothing that another program reads, in CI neither", () => {
  const escapes = /\u001b\[/;
  const preview = (variables: NodeJS.ProcessEnv) => {
    const env = { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...variables };
    const command = [join(__dirname, "../bin/fairlead.js"), "preview", "dev"];
    return spawnSync(process.execPath, command, { cwd: repository.folder, env, encoding: "utf8" }).stdout;
  };
  const plain = preview({ CI: "true" });
  expect(plain).toContain("Plan of fairlead/dev");
  expect(plain).not.toMatch(escapes);
  expect(preview({ FORCE_COLOR: "1" })).toMatch(escapes);
});
