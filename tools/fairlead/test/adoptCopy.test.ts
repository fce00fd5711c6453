import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Plan, Project } from "@fairlead/plan";

import { copiedConfiguration } from "../src/adopt/copiedConfiguration";
import { Interruption, interruptible } from "../src/adopt/interrupts";
import { referencedStacks, statesOf } from "../src/adopt/referencedStacks";
import { ScratchStack } from "../src/adopt/scratchStack";
import { flatFile, ScriptedPulumi, textsIn, urn } from "../testing/adopt/scriptedPulumi";

const planted = "pl4nted-s3cret";
let pulumi: ScriptedPulumi;
beforeEach(() => (pulumi = new ScriptedPulumi()));
afterEach(() => pulumi.end());

/** A project with a secret, as its files have it: without its value. */
const withSecret = () => {
  const { config } = pulumi.project();
  return pulumi.project({ config: { ...config, "shop:apiKey": "encrypted value of shop:apiKey" }, secretKeys: ["shop:apiKey"] });
};
const shown = (more: object = {}) =>
  JSON.stringify({ "shop:apiKey": { value: planted, secret: true }, "shop:size": { value: "3" }, ...more });
const copyOf = async (project: Project) =>
  ScratchStack.make(project, "dev", { state: undefined, configuration: await copiedConfiguration(project, "acme/dev"), read: [] });

describe("secrets of the configuration", () => {
  test("are the real ones in the copy, which Pulumi alone writes, and nobody else says", async () => {
    process.env.CONFIG = shown();
    const scratch = await copyOf(withSecret());
    const folder = dirname(pulumi.calls.find(({ backend }) => backend !== "")!.cwd);
    const written = textsIn(folder);
    // The scripted Pulumi keeps what it reads as a digest.
    expect(written).toMatch(/shop:apiKey:\n {4}secure: [0-9a-f]{64}/);
    expect(written).toContain("shop:size");
    expect([written, JSON.stringify(pulumi.calls)].join("\n")).not.toContain(planted);
    expect(written).not.toContain("encrypted value of");
    expect(pulumi.calls[0]!.args).toEqual(["config", "--show-secrets", "--json", "--stack", "acme/dev", "--non-interactive"]);
    scratch.remove();
  });

  test("that Pulumi doesn't decrypt are refused, in which nothing is of what it printed", async () => {
    const refusal = await copiedConfiguration(withSecret(), "dev").catch((error: Error) => error.message);
    expect(refusal).toMatch(
      /FL3205 `pulumi config --show-secrets --json` ended with 255:\nerror: incorrect passphrase Nothing was written\.\n {2}fix: /,
    );
    expect(refusal).not.toContain("half");
  });

  test("that are none take no call of Pulumi's", async () => {
    const project = pulumi.project();
    expect(await copiedConfiguration(project, "dev")).toEqual({ plain: project.config, secret: {}, variables: {} });
    expect(pulumi.calls).toEqual([]);
  });
});

describe("environments of Pulumi ESC", () => {
  const withEnvironment = () => pulumi.project({ environments: ["shop/dev"] });

  test("give the copy their values and variables", async () => {
    Object.assign(process.env, { CONFIG: shown(), ESC: JSON.stringify({ environmentVariables: { TOKEN: planted }, pulumiConfig: {} }) });
    const scratch = await copyOf(withEnvironment());
    expect(pulumi.calls.at(-1)).toMatchObject({ token: planted });
    expect(pulumi.calls.map(({ args: [command, verb, name] }) => [command, verb, name])).toContainEqual(["env", "open", "shop/dev"]);
    scratch.remove();
  });

  test.each([
    [
      "has files",
      { ESC: JSON.stringify({ files: { KUBECONFIG: planted } }) },
      /environment shop\/dev of Pulumi ESC has files \(KUBECONFIG\)/,
    ],
    ["can't be opened", {}, /`pulumi env open shop\/dev` ended with 255:\nerror: not logged in/],
  ])("one that %s is refused with what to do", async (_, variables, expected) => {
    Object.assign(process.env, { CONFIG: shown(), ...variables });
    const refusal = await copiedConfiguration(withEnvironment(), "dev").catch((error: Error) => error.message);
    expect(refusal).toMatch(expected);
    expect(refusal).toMatch(/^FL3205 [^]*fix: make it a named environment without files, or set what the program reads/);
    expect(refusal).not.toContain(planted);
  });

  test("values of the stack's own file are refused: they have no name", async () => {
    const project = pulumi.project({ besides: { "Pulumi.dev.yaml environment": { values: { pulumiConfig: {} } } } });
    await expect(copiedConfiguration(project, "acme/dev")).rejects.toThrow(/FL3205 Pulumi\.dev\.yaml has values of its own for Pulumi ESC/);
  });
});

describe("other stacks whose outputs the program reads", () => {
  const reading = (...stacks: string[]) =>
    ({
      ...{ project: "shop", stack: "dev", outputs: {} },
      resources: stacks.map((stack) => ({
        inputs: { vpcId: { $output: `urn:pulumi:lookup::lookup::pulumi:pulumi:StackReference::${stack}#vpcId` } },
      })),
    }) as unknown as Plan;

  test("have their outputs beside the copy, and nothing else of theirs", async () => {
    const [own, table] = ["urn:pulumi:prod::base::pulumi:pulumi:Stack::base-prod", "urn:pulumi:prod::base::aws:dynamodb/table:Table::t"];
    pulumi.keep("organization/base/prod", [{ urn: own, outputs: { vpcId: "vpc-1" } }, { urn: table }]);
    const project = pulumi.project();
    const read = await statesOf(project, referencedStacks(reading("organization/base/prod", "organization/base/prod")));
    const configuration = await copiedConfiguration(project, "dev");
    const scratch = await ScratchStack.make(project, "dev", { state: undefined, configuration, read });
    const { backend, cwd } = pulumi.calls.at(-1)!;
    const state = readFileSync(join(backend.replace("file://", ""), "prod.json"), "utf8");
    expect(state).toContain("vpc-1");
    expect(state).not.toContain(table);
    expect(state).toContain('"secrets_providers":{"type":"passphrase","state":{"salt":"v1:salt"}}');
    expect(readFileSync(join(cwd, "Pulumi.yaml"), "utf8")).toContain("name: base");
    scratch.remove();
  });

  test("are the project's own where they are named alone", () => {
    expect(referencedStacks(reading("base", "organization/base"))).toEqual([
      { named: "base", project: "shop", stack: "base" },
      { named: "organization/base", project: "shop", stack: "base" },
    ]);
  });

  test("are refused where they are in an organization of Pulumi Cloud, and where there are none", async () => {
    expect(() => referencedStacks(reading("acme/base/prod"))).toThrow(
      /FL3205 the program reads the outputs of acme\/base\/prod.*no organization acme\.[^]*fix: .*pulumi stack output <output> -s acme\/base\/prod/,
    );
    await expect(statesOf(pulumi.project(), referencedStacks(reading("base")))).rejects.toThrow(
      /FL3205 .*there is no such stack\.[^]*an `up` of that one/,
    );
  });
});

describe("Ctrl-C", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("%s has Pulumi end, and then the folder goes", async (signal) => {
    process.env.HANG = "import";
    let folder = "";
    const work = interruptible(async () => {
      const scratch = await copyOf(pulumi.project());
      folder = dirname(pulumi.calls.at(-1)!.cwd);
      try {
        await scratch.import([{ urn: urn("aws:s3/bucket:Bucket", "exports"), id: "acme" }], [], flatFile);
      } finally {
        scratch.remove();
      }
    });
    const isRunning = () => pulumi.calls.some(({ args: [command] }) => command === "import");
    while (!isRunning()) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 100));
    process.emit(signal, signal);
    await expect(work).rejects.toThrow(Interruption);
    expect(pulumi.calls.at(-1)!.args).toEqual(["interrupted"]);
    expect(folder.startsWith(tmpdir())).toBe(true);
    expect(existsSync(folder)).toBe(false);
    expect(process.listenerCount(signal)).toBe(0);
  });

  test("leaves no file in Pulumi's home: no stack is selected", async () => {
    const scratch = await copyOf(pulumi.project());
    scratch.remove();
    const inits = pulumi.calls.filter(({ args: [command, verb] }) => command === "stack" && verb === "init");
    expect(inits.map(({ args }) => args.includes("--no-select"))).toEqual([true]);
  });
});
