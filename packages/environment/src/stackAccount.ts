import { settingsError } from "@fairlead/model/files";
import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import * as pulumi from "@pulumi/pulumi";

import type { Settings } from "./settings";

/**
 * Says to which region and account the stack goes, and stops it before its first resource where that is another account than its configuration names.
 *
 * @throws UserError
 */
export async function checkAccount(settings: Settings): Promise<void> {
  const { environmentName, region, allowedAccountIds } = settings;
  const { accountId, arn } = await getCallerIdentity().catch((error: Error) => {
    // The provider goes by the same setting, and then does not say who it is.
    const [, refused] = /account ID not allowed: (\d+)/.exec(error.message) ?? [];
    throw refused === undefined ? error : otherAccount(settings, refused);
  });
  if (allowedAccountIds.length > 0 && !allowedAccountIds.includes(accountId)) throw otherAccount(settings, `${accountId} (${arn})`);
  // A plan in process has a heading, and has not asked AWS.
  if (!pulumi.runtime.hasEngine()) return;
  const any = allowedAccountIds.length > 0 ? "" : " (aws:allowedAccountIds names none, so that any other would do)";
  void pulumi.log.info(`${environmentName} is in ${region}, account ${accountId}${any}.`);
}

function otherAccount({ environmentName, allowedAccountIds, folders }: Settings, credentials: string): Error {
  const expected = allowedAccountIds.join(" or ");
  const problem = {
    key: "aws:allowedAccountIds",
    code: "FL2410",
    problem: `${environmentName} is of account ${expected}, and these credentials are of ${credentials}`,
    expected: `credentials of ${expected}`,
    fix: "Take those (AWS_PROFILE, aws:profile, aws:assumeRoles), or correct the setting.",
  } as const;
  return settingsError(folders.stacks, environmentName, [problem], `${environmentName} is of another account. Nothing was changed.`);
}
