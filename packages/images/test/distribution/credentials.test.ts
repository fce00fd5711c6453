import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { RegistryClient } from "../../src";
import { loginFor } from "../../src/distribution/credentials";

const host = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
const keys: string[] = [];
const server: Server = createServer((request, response) => {
  keys.push(/Credential=([^/]+)/.exec(request.headers.authorization ?? "")![1]!);
  const authorizationToken = Buffer.from("AWS:password").toString("base64");
  response.setHeader("content-type", "application/x-amz-json-1.1").end(JSON.stringify({ authorizationData: [{ authorizationToken }] }));
});
beforeAll(() => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("ECR is asked for a login as whoever the caller says, in the registry's own region", async () => {
  const regions: string[] = [];
  const ecr = (region: string) => {
    regions.push(region);
    const credentials = { accessKeyId: "KEY-OF-deploy", secretAccessKey: "s" };
    return Promise.resolve({ region, credentials, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  };
  expect(await loginFor(host, { ecr })).toEqual({ username: "AWS", password: "password" });
  expect([regions, keys]).toEqual([["eu-west-1"], ["KEY-OF-deploy"]]);
  expect(new RegistryClient(host, { ecr }).host).toBe(host);
});
