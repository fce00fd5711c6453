import { secretsManagerSecret, ssmParameter, type SecretReference } from "@fairlead/foundation";
import type { ServiceSpec } from "@fairlead/manifest";
import { coded } from "@fairlead/model";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getExportOutput } from "@pulumi/aws/cloudformation/getExport";
import * as kms from "@pulumi/aws/kms";
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";

/** What a manifest's secret is to ECS, with the key that it is encrypted with where one is named or can be looked up. */
export function secretReference(
  { secretsManager, ssm, cloudFormationExport, jsonKey, kmsKeyArn, redeployOnChange }: ServiceSpec["secrets"][string],
  region: string,
): SecretReference {
  if (ssm !== undefined) return ssmParameter(ssm.startsWith("arn:") ? ssm : parameterArn(ssm, region), { kmsKeyArn, redeployOnChange });
  if (cloudFormationExport !== undefined)
    return secretsManagerSecret(exportedSecret(cloudFormationExport), { jsonKey, kmsKeyArn, redeployOnChange });
  const nameOrArn = secretsManager!;
  // An ARN may be of another account's secret, which whoever deploys may not be allowed to describe.
  if (nameOrArn.startsWith("arn:")) return secretsManagerSecret(nameOrArn, { jsonKey, kmsKeyArn, redeployOnChange });
  // A secret's ARN ends with six characters that its name does not tell, and ECS wants the whole.
  const secret = pulumi.output(lookedUp(nameOrArn, region));
  return secretsManagerSecret(secret.arn, { jsonKey, kmsKeyArn: kmsKeyArn ?? secret.apply(keyArn), redeployOnChange });
}

/** @throws pulumi.RunError with FL2502 where AWS does not tell of it */
export async function lookedUp(name: string, region: string): Promise<secretsmanager.GetSecretResult> {
  try {
    return await secretsmanager.getSecret({ name });
  } catch (error) {
    const text = `the secret ${name} can't be looked up in ${region}: ${(error as Error).message.trim()} Tasks could not start without it.`;
    throw new pulumi.RunError(coded("FL2502", text));
  }
}

/** @throws pulumi.RunError with FL2502 where the export is a parameter's name or something else's ARN */
function exportedSecret(name: string): pulumi.Output<string> {
  return getExportOutput({ name }).value.apply((value) => {
    if (!/^(?:\/|arn:[^:]+:(?!secretsmanager:))/.test(value)) return value;
    throw new pulumi.RunError(coded("FL2502", `the export ${name} is ${value}, and a secret's is the ARN of a secret of Secrets Manager.`));
  });
}

function parameterArn(name: string, region: string): pulumi.Output<string> {
  return pulumi.interpolate`arn:aws:ssm:${region}:${getCallerIdentityOutput().accountId}:parameter/${name.replace(/^\//, "")}`;
}

/**
 * The ARN of the key of a secret; undefined where it is AWS's own. Secrets Manager tells it as it was named: by its ARN, its id or its alias.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html
 */
export function keyArn({ arn, kmsKeyId }: { arn: string; kmsKeyId?: string }): pulumi.Output<string | undefined> {
  if (!kmsKeyId) return pulumi.output(undefined);
  if (kmsKeyId.includes(":key/")) return pulumi.output(kmsKeyId);
  if (kmsKeyId.includes("alias/")) return kms.getKeyOutput({ keyId: kmsKeyId }).arn;
  const [, partition, , region, accountId] = arn.split(":");
  return pulumi.output(`arn:${partition}:kms:${region}:${accountId}:key/${kmsKeyId}`);
}
