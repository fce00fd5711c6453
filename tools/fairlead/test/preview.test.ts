import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import type { Plan } from "@fairlead/plan";
import { imagesOfTasks } from "@fairlead/report";

import { surface } from "../src/surface/surface";

const root = resolve(__dirname, "../../..");
const stacks = ["dev", "staging", "prod", "sandbox", "everything"];
const environments = stacks.filter((stack) => stack !== "everything");
const services = ["accounts-migration", "api", "report-writer", "web"];

function fairlead(...args: string[]) {
  return fairleadWith({}, ...args);
}

function fairleadWith(variables: NodeJS.ProcessEnv, ...args: string[]) {
  const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, ...variables };
  return spawnSync(process.execPath, [join(__dirname, "../bin/fairlead.js"), ...args], { cwd: root, env, encoding: "utf8" });
}

const everythingServices = readdirSync(join(root, "examples/everything/apps")).sort();
const plans = new Map(stacks.map((stack) => [stack, JSON.parse(fairlead("preview", stack, "--json").stdout) as Plan]));
const ofType = (plan: Plan, type: string) => plan.resources.filter((resource) => resource.type === type);

describe.each(stacks)("the plan of %s", (stack) => {
  const plan = plans.get(stack)!;

  test("gives every container a digest of an image that covers the task's platform", () => {
    const images = imagesOfTasks(plan);
    const built = images.filter(({ covers }) => covers !== undefined);
    expect(built.map(({ container }) => container).sort()).toEqual(stack === "everything" ? everythingServices : services);
    for (const { image, covers } of built) {
      expect(covers).toBe(true);
      expect(image).toMatch(/#digest\}$|Index::[\w-]+#ref\}$/);
    }
  });

  test("refers to no resource that is not in it", () => {
    const urns = new Set(plan.resources.map(({ urn }) => urn));
    for (const { dependencies, parent } of plan.resources) {
      for (const urn of parent ? [parent, ...dependencies] : dependencies) expect(urns).toContain(urn);
    }
  });

  test("runs on no network of a host's, unless an exception says why", () => {
    const hosts = ofType(plan, "aws:ecs/taskDefinition:TaskDefinition").filter(({ inputs }) => inputs.networkMode === "host");
    expect(hosts.map(({ name }) => name)).toEqual(stack === "everything" ? ["metrics-agent"] : []);
  });
});

describe.each(environments)("the plan of %s", (stack) => {
  const plan = plans.get(stack)!;

  test("admits only the load balancer and named callers to tasks", () => {
    const rules = ofType(plan, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    const open = rules.filter(({ inputs }) => inputs.cidrIpv4 === "0.0.0.0/0").map(({ name }) => name);
    const hasHttps = ["staging", "prod"].includes(stack);
    expect(open.sort()).toEqual([`${stack}-alb-http`, ...(hasHttps ? [`${stack}-alb-https`] : [])]);
    const forwarding = ofType(plan, "aws:lb/listener:Listener").filter(({ inputs }) => JSON.stringify(inputs).includes("fixed-response"));
    expect(forwarding.map(({ inputs }) => inputs.protocol)).toEqual([hasHttps ? "HTTPS" : "HTTP"]);
    expect(rules.map(({ name }) => name)).toEqual(expect.arrayContaining(["api-from-alb", "web-from-alb", "api-from-web"]));
    expect(rules.map(({ name }) => name)).not.toContain("web-from-api");
  });

  test("runs tasks in private subnets without public addresses", () => {
    for (const { inputs } of ofType(plan, "aws:ecs/service:Service")) {
      expect(inputs.networkConfiguration).toMatchObject({ assignPublicIp: false });
    }
  });
});

test("dev is cheap, prod highly available", () => {
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

test("the plan is the same with the SDK as it is", () => {
  const plain = fairleadWith({ FAIRLEAD_PLAIN_SDK: "1" }, "preview", "sandbox", "--json");
  // In which order independent resources are registered is the event loop's affair.
  const byUrn = ({ resources, ...rest }: Plan) => ({ ...rest, resources: [...resources].sort((a, b) => (a.urn < b.urn ? -1 : 1)) });
  expect(byUrn(JSON.parse(plain.stdout) as Plan)).toEqual(byUrn(plans.get("sandbox")!));
});

test("the registry's login is not in any plan", () => {
  for (const plan of plans.values()) {
    expect(JSON.stringify(plan)).not.toContain("known-only-to-aws");
    expect(ofType(plan, "docker-build:index:Image")[0]!.inputs.registries).toEqual([expect.objectContaining({ password: "[secret]" })]);
  }
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
  test("prod breaks no rule that is not excepted, and each exception has its reason printed", () => {
    const { status, stdout } = fairlead("preview", "prod");
    expect(status).toBe(0);
    expect(stdout).toContain("0 findings, 6 excepted.");
    expect(stdout).toMatch(/ECR\.2 +build-cache: imageTagMutability is "MUTABLE" {2}excepted: BuildKit overwrites its cache tags/);
    expect(stdout).not.toContain("not needed any more");
  });

  test("a finding fails the preview where policy is mandatory, and is advice elsewhere", () => {
    const { status, stderr } = fairlead("preview", "dev", "--json", "--config", "policyEnforcement=mandatory");
    expect(status).toBe(1);
    expect(stderr).toContain("ELB.1");
    expect(fairlead("preview", "dev").status).toBe(0);
  });
});

test("a secret of the configuration is in no plan and no text", () => {
  const planted = "planted-0r1g1n-k3y";
  for (const args of [["--json"], []]) {
    const { stdout, stderr, status } = fairlead("preview", "everything", ...args, "--config", `originKey=${planted}`);
    expect(status).toBe(0);
    expect(stdout + stderr).not.toContain(planted);
  }
});

test("the schema in the repository is the one that manifests are checked against", () => {
  expect(readFileSync(join(root, "packages/manifest/service.schema.json"), "utf8")).toBe(fairlead("schema").stdout);
});

test("docs/surface.md is what the packages, the stacks and the tests say", () => {
  // Prettier aligns the columns of tables.
  const unaligned = (text: string) => text.replace(/ +/g, " ").replace(/-{3,}/g, "---");
  expect(unaligned(readFileSync(join(root, "docs/surface.md"), "utf8"))).toBe(unaligned(surface(root, plans)));
});

test("the tree shows each task's image, and the totals", () => {
  const { status, stdout } = fairlead("preview");
  expect(status).toBe(0);
  expect(stdout).toContain("Plan of fairlead/dev");
  expect(stdout).toMatch(/✓ api +linux\/arm64 → ARM64 {2}<api repositoryUrl>@<api-arm64 digest>/);
  expect(stdout).toMatch(/\d+ resources \(.*\) in \d+ components\. Nothing was created\./);
});

describe("a mistake", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fairlead-apps-"));
    cpSync(join(root, "apps"), folder, { recursive: true, filter: (path) => !path.endsWith("node_modules") });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const previewApps = () => fairlead("preview", "dev", "--config", `appsDirectory=${relative(root, folder)}`);

  test.each([
    ["a misspelt key", "memoryMiB:", "memoryMib:", /api\/service\.yaml:7:1 {2}FL1002 [\s\S]*Did you mean "memoryMiB"/],
    ["an impossible pair", "memoryMiB: 512", "memoryMiB: 513", /api\/service\.yaml:7:12 {2}FL1006 [\s\S]*fix: Set memoryMiB to 512/],
    ["no YAML", "name: api", "name: [api", /api\/service\.yaml:\d+:\d+ {2}FL1001 /],
  ])("%s ends with 1 and says where, without a stack or half a plan", (_, good, bad, expected) => {
    const file = join(folder, "api/service.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(good, bad));
    const { status, stdout, stderr } = previewApps();
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(expected);
    expect(stderr).toContain("Nothing was changed.");
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test("a folder of services that isn't there is no plan without services", () => {
    const { status, stdout, stderr } = fairlead("preview", "dev", "--config", "appsDirectory=aps");
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: "",
      stderr: "There is no folder aps (fairlead:appsDirectory of stack dev).\n",
    });
  });

  test("an unknown stack names those that there are", () => {
    const { status, stderr } = fairlead("preview", "production");
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'There is no stack "production". Stacks: access, dev, everything, prod, sandbox, staging.\n',
    });
  });
});

test("colours nothing that another program reads, in CI neither", () => {
  const escapes = /\u001b\[/;
  expect(fairleadWith({ NO_COLOR: undefined, CI: "true" }, "preview", "dev").stdout).not.toMatch(escapes);
  expect(fairleadWith({ NO_COLOR: undefined, FORCE_COLOR: "1" }, "preview", "dev").stdout).toMatch(escapes);
});
