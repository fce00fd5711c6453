import { createWriteStream, mkdirSync, readFileSync, type WriteStream } from "node:fs";
import { relative } from "node:path";
import { identityOf, versionOf, type StoredResource } from "@fairlead/cli/storedResource";
import { automation } from "@pulumi/pulumi";

import { installAwsx, installScript, type AwsPlugin } from "./aws/plugins";
import { inProject } from "./checkout";
import { run } from "./machine/run";
import { inSandbox } from "./paths";
import { SandboxError } from "./progress";

/** What the engine did, or would do, to one resource. */
export interface Operation {
  op: string;
  type: string;
  name: string;
  /** Of an update: which properties it changes. */
  properties: string[];
}

/** A stack of the clone's project under the real engine: each method runs the Pulumi CLI. */
export class Engine {
  private static runs = 0;

  private constructor(
    private readonly stack: automation.Stack,
    private readonly variables: Record<string, string>,
  ) {}

  /** The stack of a clone, made if it does not exist. Another clone may go on with it. */
  static async open(name: string, checkout: string, env: NodeJS.ProcessEnv, project = inProject(checkout)): Promise<Engine> {
    for (const folder of ["state", "pulumi"]) mkdirSync(inSandbox(folder), { recursive: true });
    const envVars = { ...definedOnly(env), ...pulumiVariables() };
    const workspace = await automation.LocalWorkspace.create({ workDir: project, pulumiHome: inSandbox("pulumi"), envVars });
    return new Engine(await automation.Stack.createOrSelect(name, workspace), envVars);
  }

  /** Runs a command in the project's folder, or in another one, with what leads the engine to its state and its account. */
  run(command: string, args: string[], cwd = this.workDir): Promise<string> {
    return run(command, args, { cwd, env: this.environment });
  }

  /** The project's folder. */
  get workDir(): string {
    return this.stack.workspace.workDir;
  }

  /** What leads a command to the stack's state and its account. */
  get environment(): NodeJS.ProcessEnv {
    return { ...this.variables, PULUMI_HOME: inSandbox("pulumi") };
  }

  /** @param wanted `continueOnError`: what is left is done, where one resource fails */
  up(wanted: { continueOnError?: boolean } = {}): Promise<Operation[]> {
    return this.recorded("up", (options) => this.stack.up({ ...options, ...wanted }));
  }

  preview(wanted: { refresh?: boolean } = {}): Promise<Operation[]> {
    return this.recorded("preview", (options) => this.stack.preview({ ...options, ...wanted }));
  }

  /** What the preview would do, in the engine's own JSON with what stays as it is. */
  async previewJson(): Promise<string> {
    const printed = await this.run("pulumi", ["preview", "--json", "--show-sames", "--stack", this.stack.name]);
    // Warnings come before and after it.
    return printed.slice(printed.indexOf("{\n"), printed.lastIndexOf("\n}") + 2);
  }

  /** Writes secrets to the stack's configuration, as `pulumi config set --secret` does. */
  async configure(secrets: Record<string, string>): Promise<void> {
    for (const [key, value] of Object.entries(secrets)) await this.stack.setConfig(key, { value, secret: true });
  }

  destroy(): Promise<Operation[]> {
    return this.recorded("destroy", (options) => this.stack.destroy(options));
  }

  /** What a policy pack says of the stack: `<policy> <urn>`, sorted. */
  async policyFindings(pack: string): Promise<string[]> {
    const findings: string[] = [];
    const onEvent = ({ policyEvent }: automation.EngineEvent) => {
      if (policyEvent?.resourceUrn) findings.push(`${policyEvent.policyName} ${policyEvent.resourceUrn}`);
    };
    try {
      await this.recorded("preview", (options) => this.stack.preview({ ...options, onEvent, policyPacks: [pack] }));
    } catch (error) {
      // A mandatory policy fails the preview: that is how it says what it found.
      if (findings.length === 0) throw error;
    }
    return findings.sort();
  }

  /** The stack's outputs, as plain values. */
  async outputs(): Promise<Record<string, unknown>> {
    return Object.fromEntries(Object.entries(await this.stack.outputs()).map(([key, { value }]) => [key, value as unknown]));
  }

  /** The stack's state, byte for byte as the backend stores it. */
  storedState(): string {
    return readFileSync(inSandbox("state", ".pulumi", "stacks", "fairlead", `${this.stack.name}.json`), "utf8");
  }

  /** The resources of the stack's state, each by what tells it from its replacement and from what an update made of it. */
  resourceVersions(): string[] {
    return this.storedResources()
      .map((resource) => (resource.custom ? versionOf(resource) : identityOf(resource)))
      .sort();
  }

  /** What Pulumi refuses to delete or replace, by the stack's state. */
  protectedUrns(): string[] {
    return this.storedResources()
      .filter(({ protect }) => protect)
      .map(({ urn }) => urn)
      .sort();
  }

  /** The task definition that a service of the state runs. */
  taskDefinitionOf(service: string): string {
    const isService = ({ urn, type }: StoredResource) => type === "aws:ecs/service:Service" && urn.endsWith(`::${service}`);
    return (this.storedResources().find(isService)?.inputs?.taskDefinition ?? "") as string;
  }

  /** `type property` of AWS's resources that the provider has not taken: it answers all that it knows. */
  droppedInputs(): string[] {
    const dropped = this.storedResources()
      .filter(({ type }) => type.startsWith("aws:"))
      .flatMap(({ type, inputs = {}, outputs = {} }) =>
        Object.entries(inputs).flatMap(([property, value]) =>
          isGiven(property, value) && !(property in outputs) ? `${type} ${property}` : [],
        ),
      );
    return [...new Set(dropped)].sort();
  }

  /** The policies that a role of the state has of its own, as JSON. */
  policiesOf(role: string): string[] {
    return this.storedResources()
      .filter(({ urn, type }) => type === "aws:iam/rolePolicy:RolePolicy" && urn.endsWith(`::${role}`))
      .map(({ inputs }) => inputs!.policy as string);
  }

  /** Whether a role of the state has a policy of AWS's. */
  hasManagedPolicy(role: string, policy: string): boolean {
    const attached = this.storedResources().filter(({ type }) => type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment");
    return attached.some(
      ({ urn, inputs }) => urn.includes(`::${role}-`) && (inputs?.policyArn as string | undefined)?.endsWith(`/${policy}`),
    );
  }

  private storedResources(): StoredResource[] {
    const { checkpoint } = JSON.parse(this.storedState()) as { checkpoint: { latest?: { resources?: StoredResource[] } } };
    return checkpoint.latest?.resources ?? [];
  }

  private async recorded(
    command: string,
    perform: (options: {
      onOutput: (text: string) => void;
      onEvent: (event: automation.EngineEvent) => void;
      color: "never";
    }) => Promise<unknown>,
  ): Promise<Operation[]> {
    const log = inSandbox("logs", `${++Engine.runs}-${this.stack.name}-${command}.log`);
    const output: WriteStream = createWriteStream(log);
    const operations: Operation[] = [];
    const onEvent = (event: automation.EngineEvent) => {
      const metadata = event.resourcePreEvent?.metadata;
      if (metadata)
        operations.push({ op: metadata.op, type: metadata.type, name: metadata.urn.split("::").at(-1)!, properties: metadata.diffs ?? [] });
    };
    try {
      await perform({ onOutput: (text) => output.write(text), onEvent, color: "never" });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const diagnostics = message.slice(Math.max(0, message.indexOf("\nDiagnostics:"))).trim();
      throw new SandboxError(`pulumi ${command} failed (${relative(process.cwd(), log)}):\n${diagnostics}`);
    } finally {
      output.end();
    }
    return operations;
  }
}

/** Not what the engine notes of an input, nor an empty list, which the provider takes for none. */
const isGiven = (property: string, value: unknown) => !property.startsWith("__") && !(Array.isArray(value) && value.length === 0);

/** Makes plugins findable under the names that the engine looks for on PATH: AWS's, and two of the SDK's own. */
export function installPlugins(bin: string, aws: AwsPlugin): void {
  installScript(bin, "pulumi-resource-aws", `"${aws.binary}"`);
  installAwsx(bin);
  const node = (module: string) => `"${process.execPath}" "${require.resolve(module)}"`;
  installScript(bin, "pulumi-resource-pulumi-nodejs", node("@pulumi/pulumi/cmd/dynamic-provider"));
  // The name of a runtime that has no language plugin: then the engine looks for the pack's start on PATH.
  installScript(bin, "pulumi-analyzer-policy-sandboxjs", node("@pulumi/pulumi/cmd/run-policy-pack"));
}

function pulumiVariables(): Record<string, string> {
  return {
    PULUMI_BACKEND_URL: `file://${inSandbox("state")}`,
    PULUMI_CONFIG_PASSPHRASE: "sandbox",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
