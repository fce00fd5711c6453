import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { checkForeignEndpoint, foreignEndpoint, Lacking, withRegistryOf } from "../src/aws/foreignEndpoint";
import type { AwsRequest } from "../src/aws/requests";

const account = "123456789012";
const request = (service: string, operation: string) => ({ service, operation }) as AwsRequest;
const answer = (status: number, body: string) => ({ status, headers: {}, body: Buffer.from(body) });

describe("AWS_ENDPOINT_URL", () => {
  test("names the endpoint that answers in moto's place", () => {
    expect(foreignEndpoint({ AWS_ENDPOINT_URL: "http://localhost:4566" })?.href).toBe("http://localhost:4566/");
    expect(foreignEndpoint({})).toBeUndefined();
    expect(foreignEndpoint({ AWS_ENDPOINT_URL: "" })).toBeUndefined();
  });

  test.each(["localhost:4566", "nothing", "ftp://localhost"])("must be an address: %s", (AWS_ENDPOINT_URL) =>
    expect(() => foreignEndpoint({ AWS_ENDPOINT_URL })).toThrow(/AWS_ENDPOINT_URL is "[^"]+": expected the address/),
  );
});

describe("the endpoint must be of the sandbox's account", () => {
  let server: Server;
  let endpoint: URL;
  let answered = "";
  const authorizations: (string | undefined)[] = [];

  beforeAll(async () => {
    server = createServer((incoming, outgoing) => {
      authorizations.push(incoming.headers.authorization);
      outgoing.end(answered);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    endpoint = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test("which it is asked with a key that LocalStack takes for the account", async () => {
    answered = `<GetCallerIdentityResult><Account>${account}</Account></GetCallerIdentityResult>`;
    await checkForeignEndpoint(endpoint, account);
    expect(authorizations.at(-1)).toMatch(/Credential=123456789012\//);
  });

  test("or it is refused, with what to do", async () => {
    answered = "<Account>000000000000</Account>";
    await expect(checkForeignEndpoint(endpoint, account)).rejects.toThrow(/is account 000000000000.*those of 123456789012.*Configure it/);
    answered = "<html/>";
    await expect(checkForeignEndpoint(endpoint, account)).rejects.toThrow(/names no account/);
  });

  test("and one that doesn't answer is said", async () => {
    await expect(checkForeignEndpoint(new URL("http://127.0.0.1:1"), account)).rejects.toThrow(/AWS_ENDPOINT_URL\) does not answer/);
  });
});

test("what the endpoint has not is noted by its answers, and a refusal is none", () => {
  const lacking = new Lacking();
  lacking.note(request("ecs", "DescribeServiceRevisions"), answer(500, ""));
  lacking.note(request("ecr", "CreatePullThroughCacheRule"), answer(404, "<title>Not yet implemented</title>"));
  lacking.note(request("rds", "ModifyActivityStream"), answer(400, "<Code>InvalidAction</Code>"));
  lacking.note(request("s3", "GetBucketPolicy"), answer(404, "<Code>NoSuchBucketPolicy</Code>"));
  lacking.note(request("iam", "GetRole"), answer(200, "NotImplemented"));
  expect([...lacking.operations]).toEqual([
    "ecs DescribeServiceRevisions (500)",
    "ecr CreatePullThroughCacheRule (404)",
    "rds ModifyActivityStream (400)",
  ]);
});

test("repositories are told to be in the sandbox's registry, where their images are", () => {
  const given = '{"repository": {"repositoryUri": "123456789012.dkr.ecr.us-east-1.localhost:4510/shop/api", "repositoryName": "shop/api"}}';
  const { body } = withRegistryOf(
    "123456789012.dkr.ecr.us-east-1.amazonaws.com:5000",
    request("ecr", "CreateRepository"),
    answer(200, given),
  );
  const { repository } = JSON.parse(body.toString()) as { repository: { repositoryUri: string } };
  expect(repository.repositoryUri).toBe("123456789012.dkr.ecr.us-east-1.amazonaws.com:5000/shop/api");
  const other = answer(200, given);
  expect(withRegistryOf("registry", request("ecs", "DescribeServices"), other)).toBe(other);
});
