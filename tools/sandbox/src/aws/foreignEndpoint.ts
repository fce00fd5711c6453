import { SandboxError } from "../progress";
import { region } from "../sandboxAccount";
import { forward, type AwsAnswer, type AwsRequest } from "./requests";

/** The endpoint that AWS_ENDPOINT_URL names, which answers in moto's place. */
export function foreignEndpoint({ AWS_ENDPOINT_URL }: NodeJS.ProcessEnv): URL | undefined {
  if (!AWS_ENDPOINT_URL) return undefined;
  if (!URL.canParse(AWS_ENDPOINT_URL) || !/^https?:$/.test(new URL(AWS_ENDPOINT_URL).protocol)) {
    throw new SandboxError(
      `AWS_ENDPOINT_URL is "${AWS_ENDPOINT_URL}": expected the address of an emulator of AWS's API, such as http://localhost:4566.`,
    );
  }
  return new URL(AWS_ENDPOINT_URL);
}

/**
 * Asks the endpoint whose account it is: the registries here have the account in their names, and the stacks are held to it.
 *
 * @throws SandboxError where it doesn't answer, or is another account's
 */
export async function checkForeignEndpoint(endpoint: URL, accountId: string): Promise<void> {
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=${accountId}/20260101/${region}/sts/aws4_request, SignedHeaders=host, Signature=none`,
    "content-type": "application/x-www-form-urlencoded; charset=utf-8",
  };
  const body = Buffer.from("Action=GetCallerIdentity&Version=2011-06-15");
  const request = { method: "POST", url: "/", headers, body, service: "sts", operation: "GetCallerIdentity" };
  const { body: answer } = await forward(request, endpoint).catch((error: Error) => {
    throw new SandboxError(`${endpoint} (AWS_ENDPOINT_URL) does not answer: ${error.message}`);
  });
  const found = /<Account>(\d+)<\/Account>/.exec(answer.toString())?.[1];
  if (found === accountId) return;
  throw new SandboxError(
    `${endpoint} (AWS_ENDPOINT_URL) ${found ? `is account ${found}` : "names no account"}, and the sandbox's registries are those of ${accountId}. ` +
      "Configure it with that account.",
  );
}

/** Operations that the endpoint has not, as its answers say. */
export class Lacking {
  readonly operations = new Set<string>();

  note({ service, operation }: AwsRequest, { status, body }: AwsAnswer): void {
    const text = body.subarray(0, 2000).toString();
    const isMissing = /not.?(?:yet.?)?implemented|unknown.?operation|invalid.?action|not.?supported/i.test(text);
    if (status >= 500 || (status >= 400 && isMissing)) this.operations.add(`${service} ${operation} (${status})`);
  }
}

/** ECR's answer with the addresses of repositories in the sandbox's registry, where their images are. */
export function withRegistryOf(host: string, { service }: AwsRequest, answer: AwsAnswer): AwsAnswer {
  if (service !== "ecr" || answer.status !== 200) return answer;
  const body = answer.body.toString().replace(/("repositoryUri"\s*:\s*")[^"/]+\//g, `$1${host}/`);
  return { ...answer, body: Buffer.from(body) };
}
