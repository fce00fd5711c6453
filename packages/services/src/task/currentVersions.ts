import type { SecretReference } from "@fairlead/foundation";
import type { AwsAccess } from "@fairlead/foundation/awsAccess";
import { reportedLine } from "@fairlead/model";

/** A secret by its ARN. */
export interface NamedSecret {
  arn: string;
  store: SecretReference["store"];
}

/** What AWS tells of secrets, without their values. */
export interface CurrentVersions {
  /** By ARN: an id of Secrets Manager's, a number of Parameter Store's. */
  versions: Map<string, string>;
  /** Those whose version is not known, and why. */
  unknown: { secret: NamedSecret; problem: string }[];
}

type Answer = { version: string } | { problem: string };

/** Names of parameters in one question are 50 at most, and one of a single level has two. */
const parametersAtOnce = 25;
/** Questions of many services at once share a limit of the account's. */
const patience = { retryMode: "adaptive", maxAttempts: 5 } as const;

/** Asks for the version of each secret that a task would read now, in the region that its ARN names. */
export async function currentVersions(secrets: readonly NamedSecret[], aws: AwsAccess): Promise<CurrentVersions> {
  const parameters = secrets.filter(({ store }) => store === "ssm");
  const regions = [...new Set(parameters.map(regionOf))];
  const questions = [
    ...secrets
      .filter(({ store }) => store === "secretsManager")
      .map(async (secret) => [[secret, await secretVersion(secret, aws)]] as const),
    ...regions.flatMap((region) => {
      const there = parameters.filter((parameter) => regionOf(parameter) === region);
      const groups = Array.from({ length: Math.ceil(there.length / parametersAtOnce) }, (_, index) =>
        there.slice(index * parametersAtOnce, (index + 1) * parametersAtOnce),
      );
      return groups.map((group) => parameterVersions(group, region, aws));
    }),
  ];
  const found: CurrentVersions = { versions: new Map(), unknown: [] };
  for (const [secret, answer] of (await Promise.all(questions)).flat() as [NamedSecret, Answer][]) {
    if ("version" in answer) found.versions.set(secret.arn, answer.version);
    else found.unknown.push({ secret, problem: answer.problem });
  }
  return found;
}

/** As messages name it: `secret shop/session-AbCdEf`, `parameter /shop/flags`. */
export function nameOf({ arn, store }: NamedSecret): string {
  return store === "ssm" ? `parameter ${parameterName(arn)}` : `secret ${arn.split(":").slice(6).join(":")}`;
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html */
async function secretVersion(secret: NamedSecret, aws: AwsAccess): Promise<Answer> {
  const { DescribeSecretCommand, SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
  const region = regionOf(secret);
  const client = new SecretsManagerClient({ ...(await aws.clientConfig("secretsmanager", region)), ...patience });
  try {
    const { VersionIdsToStages = {}, DeletedDate } = await client.send(new DescribeSecretCommand({ SecretId: secret.arn }));
    if (DeletedDate) return { problem: "it is marked for deletion, and no task can read it" };
    const [version] = Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes("AWSCURRENT")) ?? [];
    return version ? { version } : { problem: "it has no current version, so no value" };
  } catch (error) {
    return { problem: problemOf(error, "secretsmanager:DescribeSecret", region) };
  } finally {
    client.destroy();
  }
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html */
async function parameterVersions(parameters: NamedSecret[], region: string, aws: AwsAccess): Promise<[NamedSecret, Answer][]> {
  const { paginateDescribeParameters, SSMClient } = await import("@aws-sdk/client-ssm");
  const client = new SSMClient({ ...(await aws.clientConfig("ssm", region)), ...patience });
  const Values = parameters.flatMap(({ arn }) => possibleNames(arn));
  const versions = new Map<string, string>();
  try {
    const pages = paginateDescribeParameters({ client }, { ParameterFilters: [{ Key: "Name", Option: "Equals", Values }] });
    for await (const { Parameters = [] } of pages)
      for (const { Name = "", Version } of Parameters) versions.set(Name.replace(/^\/?/, "/"), String(Version));
  } catch (error) {
    const problem = problemOf(error, "ssm:DescribeParameters", region);
    return parameters.map((parameter) => [parameter, { problem }]);
  } finally {
    client.destroy();
  }
  return parameters.map((parameter) => {
    const version = versions.get(parameterName(parameter.arn));
    return [parameter, version ? { version } : { problem: noneIn(region) }];
  });
}

const regionOf = ({ arn }: NamedSecret) => arn.split(":")[3]!;
const parameterName = (arn: string) => arn.replace(/^.*?:parameter/, "");

/** An ARN does not tell whether a name of one level begins with a slash. One of several levels does. */
function possibleNames(arn: string): string[] {
  const name = parameterName(arn);
  return name.lastIndexOf("/") > 0 ? [name] : [name, name.slice(1)];
}

function problemOf(error: unknown, action: string, region: string): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const text = reportedLine(message).replace(/\.$/, "");
  if (name === "ResourceNotFoundException") return noneIn(region);
  return name.startsWith("AccessDenied") ? `${action} is not allowed (${text})` : `${reportedLine(name)}: ${text}`;
}

const noneIn = (region: string) => `there is none in ${region}`;
