import type { AccountAccess } from "./accountAccess";
import { TaskProblem } from "./taskProblem";

interface Secret {
  name: string;
  valueFrom: string;
}

const prefix = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:";

/**
 * The values of a container's secrets, by their variables.
 *
 * @throws TaskProblem as ECS says what it can't retrieve
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html
 */
export async function secretsOf(secrets: Secret[] = [], account: AccountAccess): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const { name, valueFrom } of secrets)
    values[name] = valueFrom.includes(":secretsmanager:")
      ? await ofSecretsManager(valueFrom, account)
      : await ofParameterStore(valueFrom, account);
  return values;
}

async function ofSecretsManager(reference: string, account: AccountAccess): Promise<string> {
  const parts = reference.split(":");
  const [SecretId, key, VersionStage, VersionId] = [parts.slice(0, 7).join(":"), ...parts.slice(7)];
  const asked = { SecretId, ...(VersionStage && { VersionStage }), ...(VersionId && { VersionId }) };
  const answer = await account.json("secretsmanager", "secretsmanager.GetSecretValue", asked);
  const problem = (what: string) =>
    new TaskProblem(`${prefix} unable to retrieve secret from asm: service call has been retried 1 time(s): ${what}`);
  if (answer.__type)
    throw problem(`failed to fetch secret ${SecretId} from secrets manager: ${answer.__type}: ${answer.message ?? answer.Message}`);
  if (!key) return answer.SecretString as string;
  const value = parsed(answer.SecretString as string)[key];
  if (value === undefined) throw problem(`retrieved secret from Secrets Manager did not contain json key ${key}`);
  return typeof value === "string" ? value : JSON.stringify(value);
}

async function ofParameterStore(reference: string, account: AccountAccess): Promise<string> {
  const Name = reference.split(":parameter").at(-1)!;
  const { Parameter } = await account.json("ssm", "AmazonSSM.GetParameter", { Name, WithDecryption: true });
  if (Parameter) return Parameter.Value as string;
  throw new TaskProblem(
    `${prefix} unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid parameters: ${Name}`,
  );
}

function parsed(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
