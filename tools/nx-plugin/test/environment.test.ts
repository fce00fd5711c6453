import environmentGenerator from "../src/generators/environment/generator";
import type { EnvironmentOptions } from "../src/generators/environment/place";
import { environmentWorkspace } from "../testing/environments";

const { workspace, generate, log } = environmentWorkspace();

describe("a new environment has what the other has", () => {
  test("all files, and nothing else is touched", () => {
    generate({ name: "pre-live" });
    expect(workspace.changed().sort()).toEqual([
      ".github/workflows/deploy.yml",
      "apps/orders/service.yaml",
      "apps/shop/service.yaml",
      "docs/environments.md",
      "stacks/Pulumi.pre-live.yaml",
      "stacks/Pulumi.roles.yaml",
      "stacks/environments.json",
      "stacks/policy-exceptions.yaml",
      "stacks/pre-live.ts",
      "stacks/usage.yaml",
    ]);
    for (const file of workspace.changed()) expect(workspace.removed(file)).toEqual(removed[file] ?? []);
  });

  /** Lines that are not there any more, with what took their place among those that were added. */
  const removed: Record<string, string[]> = {
    ".github/workflows/deploy.yml": ["    needs: rehearsal"],
    "apps/shop/service.yaml": ["environments: { rehearsal: { memoryMiB: 1024 }, live: { memoryMiB: 2048 } }"],
    "stacks/environments.json": ['{ "environments": ["trial", "rehearsal", "live"] }'],
  };

  test("its composition: names in texts, and nothing that is imported", () => {
    workspace.edit("stacks/rehearsal.ts", (text) => `import "./rehearsal/more";\n\n${text}`);
    generate({ name: "pre-live" });
    const lines = (file: string) => workspace.read(file).split("\n");
    const before = lines("stacks/rehearsal.ts");
    expect(lines("stacks/pre-live.ts").filter((line) => !before.includes(line))).toEqual([
      "export default function preLive(settings: Settings) {",
      '  const name = "pre-live";',
      '  const loadBalancer = new LoadBalancer("pre-live", {',
      '    serviceDiscovery: new ServiceDiscovery("pre-live", { network, namespaceName: "pre-live.internal" }),',
      "    alarmTopic: new AlarmTopic(`pre-live-alarms`, { emails: [...settings.alarmEmails], clusterArn: cluster.arn }),",
      '  const { url: dashboard } = new Dashboard("pre-live", {',
      '    clusterName: "pre-live",',
      '  return { url: loadBalancer.url, ...services, dashboard, rehearsals: "rehearsals are no pre-live" };',
    ]);
  });

  test("its composition is formatted, whatever its name's length", () => {
    workspace.write(".prettierrc.json", '{ "printWidth": 60 }');
    workspace.write("stacks/rehearsal.ts", 'export const names = ["rehearsal", "rehearsal", "rehearsal"];\n');
    workspace.generate<EnvironmentOptions>((tree, options) => environmentGenerator(tree, options), { name: "pre-live-of-europe" });
    expect(workspace.read("stacks/pre-live-of-europe.ts")).toBe(
      'export const names = [\n  "pre-live-of-europe",\n  "pre-live-of-europe",\n  "pre-live-of-europe",\n];\n',
    );
  });

  test("a name that is a word of the language", () => {
    generate({ name: "new" });
    expect(workspace.read("stacks/new.ts")).toContain("export default function newEnvironment(settings: Settings)");
  });

  test("its configuration, without what only the other can decrypt", () => {
    generate({ name: "pre-live" });
    expect(workspace.read("stacks/Pulumi.pre-live.yaml")).toBe(`config:
  aws:region: eu-west-1
  # Of the domain rehearsal.example.com.
  fixture:certificateArn: arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-0000-0000-000000000000
  fixture:alarmEmails:
    - pre-live@example.com
  # A secret: pulumi config set --secret originKey -s pre-live
  # Findings are advice.
  fixture:policyEnforcement: advisory
`);
    expect(log.said).toContain("pulumi config set --secret originKey -s pre-live");
    expect(log.said).not.toContain("certificateArn");
  });

  test("a range of addresses of its own, where the other's configuration has one, and keeps it", () => {
    workspace.edit("stacks/Pulumi.rehearsal.yaml", (text) => `${text}  fixture:cidrBlock: 10.1.0.0/16\n`);
    workspace.edit("stacks/Pulumi.live.yaml", (text) => text.replace("config:", "config:\n  fixture:cidrBlock: 10.2.128.0/17"));
    generate({ name: "pre-live" });
    expect(workspace.read("stacks/Pulumi.pre-live.yaml")).toContain("  fixture:cidrBlock: 10.3.0.0/16\n");
    workspace.edit("stacks/Pulumi.live.yaml", (text) => text.replace("10.2.128.0/17", "10.4.0.0/16"));
    generate({ name: "pre-live" });
    expect(log.said).toContain("there is nothing to write");
  });

  test("its place in the order of promotion, and its job in deploy.yml", () => {
    generate({ name: "pre-live" });
    expect(workspace.read("stacks/environments.json")).toBe('{ "environments": ["trial", "rehearsal", "pre-live", "live"] }\n');
    expect(workspace.added(".github/workflows/deploy.yml")).toEqual([
      "  pre-live:",
      "    needs: [check, rehearsal]",
      "    uses: ./.github/workflows/up.yml",
      "    permissions:",
      "      contents: read",
      "      id-token: write",
      "    with:",
      "      stack: pre-live",
      "",
      "    needs: pre-live",
    ]);
  });

  test("its usage, exceptions, roles and overrides", () => {
    generate({ name: "pre-live" });
    expect(workspace.added("stacks/usage.yaml")).toEqual([
      "  - stack: pre-live",
      "    resource: aws:cloudwatch/logGroup:LogGroup shop",
      "    perMonth:",
      "      ingestedGiB: 1",
      "",
    ]);
    expect(workspace.added("stacks/policy-exceptions.yaml")).toEqual([
      "  - control: CloudWatch.16",
      "    stack: pre-live",
      "    resource: aws:cloudwatch/logGroup:LogGroup pre-live-flow-logs",
      "    reason: pre-live is seen by nobody else",
    ]);
    expect(workspace.added("stacks/Pulumi.roles.yaml")).toEqual(["    - pre-live"]);
    expect(workspace.added("apps/orders/service.yaml")).toEqual([
      "  pre-live:",
      "    desiredCount: 3",
      "    environment:",
      "      STAGE: pre-live",
    ]);
    expect(workspace.added("apps/shop/service.yaml")).toEqual([
      "environments: { rehearsal: { memoryMiB: 1024 }, pre-live: { memoryMiB: 1024 }, live: { memoryMiB: 2048 } }",
    ]);
    expect(workspace.added("docs/environments.md")).toEqual(["- **pre-live** began as a copy of rehearsal, in eu-west-1."]);
  });

  test("several entries keep their order", () => {
    const entry = (resource: string) =>
      `  - { stack: rehearsal, resource: "aws:sqs/queue:Queue ${resource}", perMonth: { millionRequests: 1 } }\n`;
    workspace.write("stacks/usage.yaml", `usage:\n${entry("a")}${entry("b")}`);
    generate({ name: "pre-live" });
    const order = [...workspace.read("stacks/usage.yaml").matchAll(/stack: ([\w-]+), resource: "\S+ (\w)"/g)].map(([, stack, name]) => [
      stack,
      name,
    ]);
    expect(order).toEqual([["rehearsal", "a"], ["rehearsal", "b"], ["pre-live", "a"], ["pre-live", "b"]]); // prettier-ignore
  });

  test("where it takes images over, what the other was promoted", () => {
    workspace.edit("stacks/Pulumi.rehearsal.yaml", (text) => `${text}  fixture:promoteFrom: trial\n`);
    workspace.edit("stacks/Pulumi.live.yaml", (text) => `${text}  fixture:promoteFrom: rehearsal\n`);
    workspace.write("stacks/promotions.rehearsal.yaml", "# What rehearsal takes over.\nservices:\n  shop: { by: rehearsal }\n");
    generate({ name: "pre-live" });
    expect(workspace.read("stacks/promotions.pre-live.yaml")).toBe("# What pre-live takes over.\nservices:\n  shop: { by: rehearsal }\n");
    expect(log.said).toContain("npx fairlead promote --all --from trial --to pre-live");
    expect(log.said).toContain("pulumi config set promoteFrom pre-live -s live");
  });
});

describe("its place", () => {
  const chain = () => {
    const jobs = [...workspace.read(".github/workflows/deploy.yml").matchAll(/^ {2}(\S+):\n {4}needs: (.*)\n/gm)];
    return Object.fromEntries(jobs.map(([, job, needs]) => [job, needs]));
  };

  test("is after that of --after", () => {
    generate({ name: "pre-live", from: "rehearsal", after: "trial" });
    expect(workspace.read("stacks/environments.json")).toContain('["trial", "pre-live", "rehearsal", "live"]');
    expect(chain()).toEqual({ trial: "check", "pre-live": "[check, trial]", rehearsal: "[check, pre-live]", live: "rehearsal" });
  });

  test("may be the last, of a copy of the first", () => {
    generate({ name: "archive", from: "trial", after: "live" });
    expect(workspace.read("stacks/environments.json")).toContain('["trial", "rehearsal", "live", "archive"]');
    expect(chain()).toEqual({ trial: "check", rehearsal: "[check, trial]", live: "rehearsal", archive: "live" });
  });

  test("needs no workflow, no lists and no documents", () => {
    for (const file of [".github", "docs", "apps", "stacks/usage.yaml", "stacks/policy-exceptions.yaml", "stacks/Pulumi.roles.yaml"])
      workspace.remove(file);
    workspace.commit();
    generate({ name: "pre-live" });
    expect(workspace.changed().sort()).toEqual(["stacks/Pulumi.pre-live.yaml", "stacks/environments.json", "stacks/pre-live.ts"]);
    expect(log.said).not.toContain("GitHub");
  });
});

test("in another region nothing of the other's region is copied, and it is said what to give it", () => {
  generate({ name: "pre-live", region: "eu-central-1" });
  const configuration = workspace.read("stacks/Pulumi.pre-live.yaml");
  expect(configuration).toContain("aws:region: eu-central-1");
  expect(configuration).not.toMatch(/arn:|example\.com\./);
  const command = "pulumi config set certificateArn <arn> -s pre-live";
  expect(configuration).toContain(`  # That of rehearsal is of eu-west-1. One of eu-central-1: ${command}\n`);
  expect(log.said).toMatch(new RegExp(`Next .*\\n  pulumi stack init pre-live .*\\n  ${command} +one of eu-central-1`));
});

test("does nothing the second time", () => {
  generate({ name: "pre-live", region: "eu-central-1" });
  workspace.commit();
  log.said = "";
  generate({ name: "pre-live", region: "eu-central-1" });
  expect(workspace.changed()).toEqual([]);
  expect(log.said).toBe("The environment pre-live is what it would be: there is nothing to write.");
});

test("goes on from what `pulumi stack init` wrote", () => {
  workspace.write("stacks/Pulumi.pre-live.yaml", "encryptionsalt: v1:mine\n");
  generate({ name: "pre-live" });
  expect(workspace.read("stacks/Pulumi.pre-live.yaml")).toMatch(/^encryptionsalt: v1:mine\nconfig:\n {2}aws:region/);
  workspace.commit();
  generate({ name: "pre-live" });
  expect(workspace.changed()).toEqual([]);
});

test("a dry run writes nothing", () => {
  workspace.generate(environmentGenerator, { name: "pre-live" }, { dryRun: true });
  expect(workspace.changed()).toEqual([]);
});

describe("refuses, and writes nothing:", () => {
  const refusal = (options: EnvironmentOptions, message: RegExp) => {
    const before = workspace.changed();
    expect(() => generate(options)).toThrow(message);
    expect(workspace.changed()).toEqual(before);
  };

  test("a region that AWS does not have", () =>
    refusal({ name: "pre-live", region: "mars-1" }, /There is no AWS region "mars-1".* eu-central-1, .* us-east-1,/));

  test("environments that there are not", () => {
    refusal({ name: "pre-live", from: "staging" }, /--from staging: there is no such environment.*: trial, rehearsal, live/);
    refusal({ name: "pre-live", after: "pre-live" }, /--after pre-live: there is no such environment/);
    workspace.write("stacks/environments.json", '{ "environments": [] }');
    refusal({ name: "pre-live" }, /lists no environment/);
    workspace.write("stacks/environments.json", '{ "environments": "trial" }');
    refusal({ name: "pre-live" }, /^stacks\/environments\.json:1:19 {2}FL2405 {2}environments is "trial"$/m);
  });

  test("a name that is taken", () => {
    refusal({ name: "shop" }, /"shop" is the name of the service in apps\/shop/);
    refusal({ name: "roles" }, /stacks\/roles\.ts, stacks\/Pulumi\.roles\.yaml: there already/);
    refusal({ name: "live" }, /stacks\/Pulumi\.live\.yaml: there already/);
    refusal({ name: "check" }, /deploy\.yml has a job "check" that is of no environment/);
  });

  test("an environment that was edited, and another place for one that is there", () => {
    generate({ name: "pre-live" });
    refusal({ name: "pre-live", after: "trial" }, /pre-live is there already, and not after trial/);
    workspace.edit("stacks/pre-live.ts", (text) => `${text}// mine\n`);
    refusal({ name: "pre-live" }, /stacks\/pre-live\.ts: there already, and not what would be written/);
  });

  test("a deploy.yml whose chain is not that of environments.json", () => {
    const [rehearsal, live] = ["stack: rehearsal", "needs: rehearsal"];
    workspace.edit(".github/workflows/deploy.yml", (text) => text.replace(live, "needs: trial"));
    refusal({ name: "pre-live" }, /a job for pre-live can't be put in, since its job "live" does not need "rehearsal"/);
    workspace.edit(".github/workflows/deploy.yml", (text) => text.replace(rehearsal, "stack: other"));
    refusal({ name: "pre-live" }, /since it has no job with `stack: rehearsal`/);
    workspace.edit(".github/workflows/deploy.yml", (text) => `${text}  more: [\n`);
    refusal({ name: "pre-live" }, /deploy\.yml: .*\n[^]*Correct it first/);
  });
});
