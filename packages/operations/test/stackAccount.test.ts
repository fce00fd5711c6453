import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { UserError } from "@fairlead/model";

import { StackClients } from "../src";
import { patience } from "../src/aws/patience";
import { callerOf, notLoggedIn } from "../src/aws/stackAccount";

let server: Server;
let answer: { status: number; body: string };
let values: Record<string, string>;

beforeAll(async () => {
  server = createServer((request, response) => void request.resume().on("end", () => response.writeHead(answer.status).end(answer.body)));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const sts = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  values = { "aws:region": "eu-west-1", "aws:accessKey": "KEY", "aws:secretKey": "secret", "aws:endpoints": JSON.stringify([{ sts }]) };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const identity = "<Account>111122223333</Account><Arn>arn:aws:sts::111122223333:assumed-role/operator/jo</Arn>";
const isCaller = { status: 200, body: `<R><GetCallerIdentityResult>${identity}</GetCallerIdentityResult></R>` };
const refusal = (code: string, message: string) => ({
  status: 403,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});
const ask = (accountIds: string[]) => callerOf({ stack: "shop", configFolder: __dirname, accountIds }, new StackClients(values));

test("says whose the credentials are", async () => {
  answer = isCaller;
  const caller = { accountId: "111122223333", arn: "arn:aws:sts::111122223333:assumed-role/operator/jo" };
  await expect(ask([])).resolves.toEqual(caller);
  await expect(ask(["444455556666", "111122223333"])).resolves.toEqual(caller);
});

test("refuses an account that the stack's configuration doesn't name, and says whose it is", async () => {
  answer = isCaller;
  await expect(ask(["444455556666"])).rejects.toThrow(/FL2410[^]*444455556666[^]*111122223333 \(arn:aws:sts::111122223333:assumed-role/);
});

test("says in a sentence that credentials have expired, and what to do", async () => {
  answer = refusal("ExpiredToken", "The security token included in the request is expired.");
  await expect(ask([])).rejects.toThrow(
    "FL2801 AWS takes no credentials for shop: The security token included in the request is expired. fix: log in (`aws sso login`), or name others (AWS_PROFILE, aws:profile, aws:assumeRoles).",
  );
});

test.each([
  [
    { "aws:endpoints": JSON.stringify([{ sts: "not an address" }]) },
    /^FL2802 AWS can't be asked for shop: "not an address" is no address \(AWS_ENDPOINT_URL, aws:endpoints\)\.$/,
  ],
  [{ "aws:region": "no region" }, /^FL2802 AWS can't be asked for shop: .*region.*\.$/i],
])("says in a sentence what is in the way of any question: %j", async (wrong, text) => {
  const clients = new StackClients({ ...values, ...wrong });
  const asked = callerOf({ stack: "shop", configFolder: __dirname, accountIds: [] }, clients);
  await expect(asked).rejects.toThrow(text);
  await expect(asked).rejects.toBeInstanceOf(UserError);
});

test("says that nobody answers", async () => {
  const nowhere = { ...values, "aws:endpoints": JSON.stringify([{ sts: "http://127.0.0.1:1" }]) };
  await expect(callerOf({ stack: "shop", configFolder: __dirname, accountIds: [] }, new StackClients(nowhere))).rejects.toThrow(
    /^FL2802 AWS doesn't answer for shop: connect ECONNREFUSED 127.0.0.1:1\. fix: look at the network, the VPN, the proxy, /,
  );
});

test("an address that takes connections and never answers is told as such, after two tries", async () => {
  let calls = 0;
  const silent = createServer(() => void calls++);
  await new Promise<void>((done) => silent.listen(0, "127.0.0.1", done));
  const sts = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const clients = new StackClients({ ...values, "aws:endpoints": JSON.stringify([{ sts }]) }, patience({ requestTimeout: 200 }));
  try {
    await expect(callerOf({ stack: "shop", configFolder: __dirname, accountIds: [] }, clients)).rejects.toThrow(/^FL2802 /);
    expect(calls).toBe(2);
  } finally {
    silent.closeAllConnections();
    silent.close();
  }
});

test("every client waits for an answer half a minute at most, and a third of that for a connection", async () => {
  const { requestHandler } = await new StackClients(values).config("ecs");
  expect(requestHandler).toEqual({ connectionTimeout: 10_000, requestTimeout: 30_000, throwOnRequestTimeout: true });
});

test("who has no credentials is told where they were looked for, and is not told of a refusal", () => {
  const none = Object.assign(new Error("Could not load credentials from any providers"), { name: "CredentialsProviderError" });
  expect(String(notLoggedIn("shop", none, undefined))).toContain("FL2801 There are no credentials for shop: none in the environment,");
  expect(String(notLoggedIn("shop", none, "nosuch"))).toContain(
    'There are no credentials for shop: the profile "nosuch" gives none. Is it in ~/.aws/config? fix: log in (`aws sso login --profile nosuch`)',
  );
});
