import type { fromNodeProviderChain } from "@aws-sdk/credential-providers";

import { awsTimeouts } from "./awsTimeouts";
import { endpointOf, listOf, type StackValues } from "./stackValues";

/** Credentials, and how they are renewed before they expire. */
export type AwsCredentials = ReturnType<typeof fromNodeProviderChain>;

/** A role, as `aws:assumeRoles` names one. */
interface AssumedRole {
  roleArn?: string;
  /** `1h`, `90m`. */
  duration?: string;
  externalId?: string;
  policy?: string;
  policyArns?: string[];
  sessionName?: string;
  sourceIdentity?: string;
  tags?: Record<string, string>;
  transitiveTagKeys?: string[];
}

/** A role that a token of another issuer's is exchanged for: `aws:assumeRoleWithWebIdentity`. */
interface WebIdentityRole extends Pick<AssumedRole, "roleArn" | "duration" | "policy" | "policyArns" | "sessionName"> {
  webIdentityToken?: string;
  webIdentityTokenFile?: string;
}

const sessionName = "fairlead";

/**
 * The credentials that a stack's configuration names: keys, a web identity or files of AWS's, and then one role after the other. Undefined where it
 * names none: then the SDK looks for them as the provider does, by the profile, the environment, the machine. Of several files of a kind the first counts,
 * since the SDK reads one.
 */
export async function awsCredentials(values: StackValues, region: string | undefined): Promise<AwsCredentials | undefined> {
  const roles = [...listOf<AssumedRole>(values, "aws:assumeRoles"), ...listOf<AssumedRole>(values, "aws:assumeRole")];
  const webIdentity = listOf<WebIdentityRole>(values, "aws:assumeRoleWithWebIdentity").find(({ roleArn }) => roleArn);
  const [accessKeyId, secretAccessKey] = [values.get("aws:accessKey"), values.get("aws:secretKey")];
  const [configFilepath] = listOf<string>(values, "aws:sharedConfigFiles");
  const [filepath] = listOf<string>(values, "aws:sharedCredentialsFiles");
  if (roles.length === 0 && !webIdentity && !accessKeyId && !configFilepath && !filepath) return undefined;
  const providers = await import("@aws-sdk/credential-providers");
  const sts = { region: values.get("aws:stsRegion") ?? region, endpoint: endpointOf(values, "sts"), requestHandler: awsTimeouts };
  const clientConfig = Object.fromEntries(Object.entries(sts).filter(([, value]) => value !== undefined));
  let credentials: AwsCredentials;
  if (webIdentity) {
    const { roleArn, webIdentityToken, webIdentityTokenFile } = webIdentity;
    const role = { roleArn: roleArn!, roleSessionName: webIdentity.sessionName ?? sessionName, ...limits(webIdentity), clientConfig };
    credentials =
      webIdentityToken === undefined
        ? providers.fromTokenFile({ ...role, webIdentityTokenFile })
        : providers.fromWebToken({ ...role, webIdentityToken, durationSeconds: seconds(webIdentity.duration) });
  } else if (accessKeyId && secretAccessKey) {
    credentials = () => Promise.resolve({ accessKeyId, secretAccessKey, sessionToken: values.get("aws:token") });
  } else {
    credentials = providers.fromNodeProviderChain({ profile: values.get("aws:profile"), configFilepath, filepath });
  }
  for (const role of roles.filter(({ roleArn }) => roleArn)) {
    credentials = providers.fromTemporaryCredentials({ masterCredentials: credentials, params: assumeRoleInput(role), clientConfig });
  }
  return credentials;
}

function assumeRoleInput(role: AssumedRole) {
  const { policyArns, tags } = role;
  return {
    RoleArn: role.roleArn!,
    RoleSessionName: role.sessionName ?? sessionName,
    DurationSeconds: seconds(role.duration),
    ExternalId: role.externalId,
    Policy: role.policy,
    PolicyArns: policyArns?.map((arn) => ({ arn })),
    SourceIdentity: role.sourceIdentity,
    Tags: tags && Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    TransitiveTagKeys: role.transitiveTagKeys,
  };
}

function limits({ policy, policyArns }: WebIdentityRole) {
  return { policy, policyArns: policyArns?.map((arn) => ({ arn })) };
}

const unitSeconds: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** `1h30m` in seconds. */
function seconds(duration: string | undefined): number | undefined {
  if (duration === undefined) return undefined;
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  return Math.round(parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * unitSeconds[unit!]!, 0));
}
