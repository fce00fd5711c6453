import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";

import type { AwsPlugin } from "../aws/plugins";
import { SandboxError } from "../progress";
import { structOf } from "./struct";

export type Properties = Record<string, unknown>;

/** Which resource is asked about. */
export interface Asked {
  urn: string;
  type: string;
  name: string;
}

/** What the provider would do to a resource. */
export interface Answer {
  operation: "same" | "update" | "replace";
  /** The properties that differ, and those that force a replacement, as it says them. */
  differs: string[];
  replacedBy: string[];
}

/** Nothing listens there: what the provider can't say without AWS it says at once. */
const nowhere = "http://127.0.0.1:9";

/** As much of its configuration as it needs to plan without an account. */
const configuration: Record<string, string> = {
  region: "us-east-1",
  accessKey: "sandbox",
  secretKey: "sandbox",
  maxRetries: "1",
  skipCredentialsValidation: "true",
  skipMetadataApiCheck: "true",
  skipRegionValidation: "true",
  skipRequestingAccountId: "true",
};

/** The AWS provider, asked as the engine asks it, without an engine and without AWS. */
export class AwsProvider {
  private constructor(
    private readonly process: ChildProcess,
    private readonly client: ResourceProviderClient,
  ) {}

  static async start(plugin: AwsPlugin, env: NodeJS.ProcessEnv): Promise<AwsProvider> {
    const child = spawn(plugin.binary, [], {
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...env, ...plugin.variables, AWS_ENDPOINT_URL: nowhere, AWS_EC2_METADATA_DISABLED: "true" },
    });
    const port = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once("line", resolve);
      child.on("error", reject);
      child.on("exit", (code) => reject(new SandboxError(`${plugin.title} ended with ${code} as it started.`)));
    });
    const size = 64 * 1024 * 1024;
    const client = new ResourceProviderClient(`127.0.0.1:${port.trim()}`, credentials.createInsecure(), {
      "grpc.max_receive_message_length": size,
      "grpc.max_send_message_length": size,
    });
    const provider = new AwsProvider(child, client);
    const request = new messages.ConfigureRequest();
    for (const [key, value] of Object.entries(configuration)) request.getVariablesMap().set(`aws:config:${key}`, value);
    request.setArgs(structOf(configuration));
    request.setAcceptsecrets(true);
    request.setAcceptresources(true);
    await provider.call<messages.ConfigureResponse>((done) => client.configure(request, done));
    return provider;
  }

  /** Inputs with the provider's defaults; what it refuses. */
  async check(asked: Asked, olds: Properties, news: Properties): Promise<{ inputs: Properties; refused: string[] }> {
    const request = new messages.CheckRequest();
    name(request, asked);
    request.setOlds(structOf(olds));
    request.setNews(structOf(news));
    // Names that it invents are the same each time.
    request.setRandomseed(Buffer.from(asked.urn.slice(-32).padStart(32)));
    const response = await this.call<messages.CheckResponse>((done) => this.client.check(request, done));
    return {
      inputs: response.getInputs()!.toJavaScript(),
      refused: response.getFailuresList().map((failure) => `${failure.getProperty()}: ${failure.getReason()}`),
    };
  }

  /** What a resource of these inputs would be as far as it is known before it is made. */
  async create(asked: Asked, inputs: Properties): Promise<Properties> {
    const request = new messages.CreateRequest();
    name(request, asked);
    request.setProperties(structOf(inputs));
    request.setPreview(true);
    const response = await this.call<messages.CreateResponse>((done) => this.client.create(request, done));
    return response.getProperties()!.toJavaScript();
  }

  async diff(asked: Asked, old: Stored, inputs: Properties, ignoreChanges: readonly string[]): Promise<Answer> {
    const request = new messages.DiffRequest();
    compare(request, asked, old, inputs, ignoreChanges);
    const response = await this.call<messages.DiffResponse>((done) => this.client.diff(request, done));
    const replacedBy = response.getReplacesList();
    const isSame = response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_NONE;
    return { operation: replacedBy.length > 0 ? "replace" : isSame ? "same" : "update", differs: response.getDiffsList(), replacedBy };
  }

  /** What an updated resource would be as far as it is known before it is updated. */
  async update(asked: Asked, old: Stored, inputs: Properties, ignoreChanges: readonly string[]): Promise<Properties> {
    const request = new messages.UpdateRequest();
    compare(request, asked, old, inputs, ignoreChanges);
    request.setPreview(true);
    const response = await this.call<messages.UpdateResponse>((done) => this.client.update(request, done));
    return response.getProperties()!.toJavaScript();
  }

  stop(): void {
    this.client.close();
    this.process.kill();
  }

  private call<Response>(ask: (done: (error: ServiceError | null, response: Response) => void) => unknown): Promise<Response> {
    return new Promise((resolve, reject) =>
      ask((error, response) => (error ? reject(new Error(error.details || error.message)) : resolve(response))),
    );
  }
}

/** A resource as the engine's state has it. */
export interface Stored {
  id: string;
  inputs: Properties;
  outputs: Properties;
}

interface Request {
  setUrn(urn: string): unknown;
  setType(type: string): unknown;
  setName(name: string): unknown;
}

/** What stands, and what is to be. */
function compare(
  request: InstanceType<typeof messages.DiffRequest> | InstanceType<typeof messages.UpdateRequest>,
  asked: Asked,
  old: Stored,
  inputs: Properties,
  ignoreChanges: readonly string[],
): void {
  name(request, asked);
  request.setId(old.id);
  request.setOlds(structOf(old.outputs));
  request.setOldInputs(structOf(old.inputs));
  request.setNews(structOf(inputs));
  request.setIgnorechangesList([...ignoreChanges]);
}

function name(request: Request, { urn, type, name: own }: Asked): void {
  request.setUrn(urn);
  request.setType(type);
  request.setName(own);
}
