import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { region, type SandboxAccount } from "../sandboxAccount";
import { inSandbox } from "../paths";
import { EcsServices } from "../ecs/ecsServices";
import { EcsTasks } from "../ecs/ecsTasks";
import type { AccountAccess } from "../ecs/running/accountAccess";
import type { Scheduler } from "../ecs/running/scheduler";
import type { TargetGroups } from "../ecs/running/targetGroups";
import { ScriptedRollouts } from "../ecs/scriptedRollouts";
import { actionOf, type Action } from "./actions";
import { RdsDataApi } from "./rdsDataApi";
import { checkForeignEndpoint, Lacking, withRegistryOf } from "./foreignEndpoint";
import { EcrImages } from "./ecrImages";
import { notesOf, restOperations, startMoto } from "./moto";
import type { AwsPlugin } from "./plugins";
import { startProvider } from "./providerProcess";
import { AwsError, errorAnswer, forward, jsonAnswer, readRequest, xmlAnswer, type AwsAnswer, type AwsRequest } from "./requests";
import type { RestOperations } from "./restOperations";

/** Of the APIs that speak XML. */
const versions: Record<string, string> = {
  ec2: "2016-11-15",
  elasticloadbalancing: "2015-12-01",
  iam: "2010-05-08",
  monitoring: "2010-08-01",
  rds: "2014-10-31",
};

/**
 * AWS's API for one account of the sandbox: moto's, or that of another endpoint, but for tasks that run, images that are pulled and SQL that a database
 * runs.
 */
export class AwsAccount {
  /** What was asked so far, by actions of IAM. */
  readonly actions: Action[] = [];
  /** Requests of which no model of AWS's says what they ask, and whose permissions are therefore not judged. */
  readonly unnamed = new Set<string>();
  readonly tasks: EcsTasks;
  readonly services: EcsServices;
  /** How deployments of services end, where no task runs. */
  readonly rollouts: ScriptedRollouts;
  readonly images: EcrImages;
  private targetGroups?: TargetGroups;
  private readonly databases = new RdsDataApi();
  private server!: Server;
  /** What the endpoint has not, where it is not moto as the sandbox completes it. */
  readonly lacking = new Lacking();
  private endpoint!: URL;
  private operations!: RestOperations;

  /** @param foreign endpoint that answers in moto's place */
  constructor(
    private readonly account: SandboxAccount,
    readonly foreign?: URL,
  ) {
    this.rollouts = new ScriptedRollouts(account.accountId);
    this.services = new EcsServices(account.accountId, this.rollouts);
    this.tasks = new EcsTasks(account.accountId, foreign === undefined, this.services);
    this.images = new EcrImages(account.registryHost, account.accountId);
  }

  /** A login that is none. LocalStack takes a key that is an account's number for the account. */
  private get accessKeyId(): string {
    return this.foreign ? this.account.accountId : "sandbox";
  }

  /**
   * Starts the provider, and moto where no other endpoint answers, and listens on 127.0.0.1; returns the variables that lead AWS's SDKs and the
   * engine here.
   */
  async listen(plugin: AwsPlugin, env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
    this.operations = await restOperations();
    if (this.foreign) await checkForeignEndpoint(this.foreign, this.account.accountId);
    this.endpoint = this.foreign ?? new URL(`http://127.0.0.1:${await startMoto(this.account, env)}`);
    this.server = createServer((incoming, outgoing) => void this.serve(incoming, outgoing));
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.server.unref();
    const variables = {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: this.accessKeyId,
      AWS_SECRET_ACCESS_KEY: "sandbox",
      AWS_REGION: region,
      AWS_EC2_METADATA_DISABLED: "true",
      NO_PROXY: [env.NO_PROXY, "127.0.0.1"].filter(Boolean).join(","),
    };
    return { ...variables, ...(await startProvider(plugin, this.account.accountId, { ...env, ...variables })) };
  }

  /** Makes the secrets that manifests name, as a person does before the first `up`. */
  async createSecrets(secrets: Record<string, string>): Promise<void> {
    for (const [Name, SecretString] of Object.entries(secrets))
      await this.access.json("secretsmanager", "secretsmanager.CreateSecret", { Name, SecretString, ClientRequestToken: randomUUID() });
  }

  /** What the account's own services ask it. */
  get access(): AccountAccess {
    const headers = { authorization: `AWS4-HMAC-SHA256 Credential=${this.accessKeyId}/20260101/${region}/sts/aws4_request` };
    return {
      json: (service, target, document) => this.ask(headers, service, target, document),
      query: async (service, parameters) => {
        const answer = await this.query(headers, service, parameters);
        if (/<Error(?:Response|s)?[ >]/.test(answer)) throw new Error(`${service} refuses ${parameters.Action}: ${answer}`);
        return answer;
      },
    };
  }

  /** From now on the tasks of services run for real. */
  runTasks(scheduler: Scheduler, groups: TargetGroups): void {
    this.services.rollouts = scheduler;
    this.targetGroups = groups;
  }

  /** What tasks would have lacked at the moment their service was made; moto alone notes it. */
  taskStartNotes(): string[] {
    return notesOf(this.account.accountId);
  }

  /** What exists in the account, a line each; moto alone can be asked. */
  async inventory(): Promise<string[]> {
    const response = await fetch(new URL("/fairlead/inventory", this.endpoint));
    return (await response.json()) as string[];
  }

  private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = this.named(await readRequest(incoming));
    const { status, headers, body } = await this.answer(request).catch((error: Error) => {
      return errorAnswer(error instanceof AwsError ? error : { code: "InternalFailure", message: error.message });
    });
    const line = { account: this.account.accountId, service: request.service, operation: request.operation, url: request.url, status };
    appendFileSync(inSandbox("logs", "aws-requests.jsonl"), `${JSON.stringify(line)}\n`);
    delete headers["transfer-encoding"];
    outgoing.writeHead(status, { ...headers, "content-length": body.length }).end(request.method === "HEAD" ? undefined : body);
  }

  /** The request with the name of its operation, which is noted with what IAM is asked about it. */
  private named(request: AwsRequest): AwsRequest {
    const isNamed = !request.operation.includes(" ");
    const operation = isNamed ? request.operation : this.operations.nameOf(request);
    if (operation === undefined) {
      this.unnamed.add(`${request.service} ${request.operation}`);
      return request;
    }
    const named = { ...request, operation };
    const action = actionOf(named);
    if (action) this.actions.push(action);
    return named;
  }

  private async answer(request: AwsRequest): Promise<AwsAnswer> {
    const { headers } = request;
    const ecs = (operation: string, document: unknown) =>
      this.ask(headers, "ecs", `AmazonEC2ContainerServiceV20141113.${operation}`, document);
    const secret = (SecretId: string) => this.ask(headers, "secretsmanager", "secretsmanager.GetSecretValue", { SecretId });
    const rds = (Action: string, parameters: Record<string, string>) => this.query(headers, "rds", { Action, ...parameters });
    const health = this.targetGroups?.answer(request);
    if (health !== undefined) return xmlAnswer(health);
    const own =
      (this.foreign ? undefined : await this.services.answer(request, ecs)) ??
      (await this.tasks.answer(request, ecs)) ??
      (await this.images.answer(request)) ??
      (await this.databases.answer(request, { rds, secret }));
    if (own !== undefined) return jsonAnswer(own);
    const answer = await forward(request, this.endpoint);
    if (!this.foreign) return answer;
    this.lacking.note(request, answer);
    return withRegistryOf(this.account.registryHost, request, answer);
  }

  /** Asks the endpoint an operation of a service that speaks JSON, with the login of whoever asks here. */
  private async ask(headers: IncomingHttpHeaders, service: string, target: string, document: unknown): Promise<Record<string, any>> {
    const body = await this.send(
      headers,
      service,
      { "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
      JSON.stringify(document),
    );
    return JSON.parse(body.toString() || "{}") as Record<string, any>;
  }

  /** Asks an operation of a service that speaks XML. */
  private async query(headers: IncomingHttpHeaders, service: string, parameters: Record<string, string>): Promise<string> {
    const type = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
    const form = new URLSearchParams({ Version: versions[service]!, ...parameters }).toString();
    return (await this.send(headers, service, type, form)).toString();
  }

  private async send(headers: IncomingHttpHeaders, service: string, own: IncomingHttpHeaders, text: string): Promise<Buffer> {
    const authorization = headers.authorization?.replace(/[^/]+(?=\/aws4_request)/, service);
    const request = { method: "POST", url: "/", headers: { ...headers, authorization, ...own }, body: Buffer.from(text) };
    return (await forward({ ...request, service, operation: "" }, this.endpoint)).body;
  }
}
