import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AwsAccess } from "../src/awsAccess";

/** As much of STS as takes roles: who asked, and for what. */
class Sts {
  readonly requests: { by: string; values: Record<string, string> }[] = [];
  private readonly server: Server = createServer((request, response) => void this.answer(request).then((text) => response.end(text)));

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage): Promise<string> {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const values = Object.fromEntries(new URLSearchParams(text));
    this.requests.push({ by: /Credential=([^/]+)/.exec(request.headers.authorization ?? "")?.[1] ?? "nobody", values });
    const keys = `<AccessKeyId>KEY-OF-${values.RoleArn!.split("/").at(-1)}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>`;
    const credentials = `<Credentials>${keys}<SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`;
    const action = values.Action!;
    return `<${action}Response><${action}Result>${credentials}</${action}Result></${action}Response>`;
  }
}

const sts = new Sts();
let endpoint = "";
beforeAll(async () => void (endpoint = await sts.listen()));
afterAll(() => sts.close());
beforeEach(() => (sts.requests.length = 0));

/** The client's configuration in a stack with this one. */
async function clientConfig(values: Record<string, unknown>, service: "ecs" | "ecr" = "ecs", region?: string) {
  const aws = new AwsAccess();
  const texts = Object.entries(values).map(([key, value]) => [`aws:${key}`, typeof value === "string" ? value : JSON.stringify(value)]);
  const config = Object.fromEntries(texts) as Record<string, string>;
  await aws.configure({ config: { get: (key: string) => config[key], require: (key: string) => config[key]! } });
  return aws.clientConfig(service, region);
}

const keys = { accessKey: "KEY-OF-ci", secretKey: "s" };
const role = (name: string, others: object = {}) => ({ roleArn: `arn:aws:iam::123456789012:role/${name}`, ...others });

test("without any configuration, the SDK finds out by itself", async () => {
  expect(await clientConfig({})).toEqual({});
  expect(await clientConfig({ region: "eu-west-1", profile: "shop" })).toEqual({ region: "eu-west-1", profile: "shop" });
  expect(await clientConfig({ region: "eu-west-1" }, "ecr", "us-east-1")).toEqual({ region: "us-east-1" });
});

test("takes the roles of the stack, one after the other, each by whom the one before made of it", async () => {
  const assumeRoles = [role("hub"), role("prod", { duration: "1h30m", externalId: "x", sessionName: "me" })];
  const { credentials, region } = await clientConfig({ region: "eu-west-1", ...keys, assumeRoles, endpoints: [{ sts: endpoint }] });
  expect(region).toBe("eu-west-1");
  expect(await credentials!()).toMatchObject({
    accessKeyId: "KEY-OF-prod",
    sessionToken: "token",
    expiration: new Date("2099-01-01T00:00:00Z"),
  });
  expect(sts.requests.map(({ by, values: { Action, RoleArn } }) => [by, Action, RoleArn])).toEqual([
    ["KEY-OF-ci", "AssumeRole", "arn:aws:iam::123456789012:role/hub"],
    ["KEY-OF-hub", "AssumeRole", "arn:aws:iam::123456789012:role/prod"],
  ]);
  expect(sts.requests[1]!.values).toMatchObject({ DurationSeconds: "5400", ExternalId: "x", RoleSessionName: "me" });
});

test("the older form of one role is taken as well", async () => {
  const { credentials } = await clientConfig({ region: "eu-west-1", ...keys, assumeRole: role("one"), endpoints: [{ sts: endpoint }] });
  expect(await credentials!()).toMatchObject({ accessKeyId: "KEY-OF-one" });
});

test("a role is taken with the credentials of the environment, where the stack has no others", async () => {
  process.env.AWS_ACCESS_KEY_ID = "KEY-OF-environment";
  process.env.AWS_SECRET_ACCESS_KEY = "s";
  const { credentials } = await clientConfig({ region: "eu-west-1", assumeRoles: [role("prod")], endpoints: [{ sts: endpoint }] });
  await credentials!();
  expect(sts.requests.map(({ by }) => by)).toEqual(["KEY-OF-environment"]);
  delete process.env.AWS_ACCESS_KEY_ID;
  delete process.env.AWS_SECRET_ACCESS_KEY;
});

test("a token of another issuer's is exchanged for a role", async () => {
  const assumeRoleWithWebIdentity = role("ci", { webIdentityToken: "t" });
  const { credentials } = await clientConfig({ region: "eu-west-1", assumeRoleWithWebIdentity, endpoints: [{ sts: endpoint }] });
  expect(await credentials!()).toMatchObject({ accessKeyId: "KEY-OF-ci" });
  expect(sts.requests[0]!.values).toMatchObject({ Action: "AssumeRoleWithWebIdentity", WebIdentityToken: "t" });
});

test("keys of the stack's own are taken as they are, and endpoints by service", async () => {
  const { credentials, ...others } = await clientConfig({
    ...keys,
    token: "t",
    endpoints: [{ ecs: "http://ecs.test" }, { ecr: "http://ecr.test" }],
  });
  expect(await credentials!()).toEqual({ accessKeyId: "KEY-OF-ci", secretAccessKey: "s", sessionToken: "t" });
  expect(others).toEqual({ endpoint: "http://ecs.test" });
});

describe("files of AWS's that the stack names", () => {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-test-aws-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const login = (key: string) => `aws_access_key_id = KEY-OF-${key}\naws_secret_access_key = s\n`;

  test("are read without a role too", async () => {
    const config = file("config", `[profile shop]\n${login("config")}`);
    const inConfig = await clientConfig({ region: "eu-west-1", profile: "shop", sharedConfigFiles: [config] });
    expect(await inConfig.credentials!()).toMatchObject({ accessKeyId: "KEY-OF-config" });
    const credentials = file("credentials", `[shop]\n${login("credentials")}`);
    const inCredentials = await clientConfig({ region: "eu-west-1", profile: "shop", sharedCredentialsFiles: [credentials] });
    expect(await inCredentials.credentials!()).toMatchObject({ accessKeyId: "KEY-OF-credentials" });
  });
});

test("a value that is no JSON is told by its key, and never by what it says", async () => {
  for (const key of ["assumeRoles", "endpoints", "sharedConfigFiles"]) {
    const error = await clientConfig({ [key]: "pl4nted: [" }).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      name: "Error",
      message: expect.stringMatching(`^FL2407 aws:${key} of the stack's configuration is no JSON`) as string,
    });
    expect(String(error)).not.toContain("pl4nted");
  }
});
