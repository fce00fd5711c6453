import { otherAccount } from "@fairlead/model/files";
import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import * as pulumi from "@pulumi/pulumi";

import type { Settings } from "./settings";

/**
 * Says to which region and account the stack goes, and stops it before its first resource where that is another account than its configuration names.
 *
 * @throws UserError
 */
export async function checkAccount(settings: Settings): Promise<void> {
  const { environmentName, region, allowedAccountIds, folders } = settings;
  const refusal = (credentials: string) => otherAccount(folders.stacks, environmentName, allowedAccountIds, credentials);
  const { accountId, arn } = await getCallerIdentity().catch((error: Error) => {
    // The provider goes by the same setting, and then does not say who it is.
    const [, refused] = /account ID not allowed: (\d+)/.exec(error.message) ?? [];
    throw refused === undefined ? error : refusal(refused);
  });
  if (allowedAccountIds.length > 0 && !allowedAccountIds.includes(accountId)) throw refusal(`${accountId} (${arn})`);
  // A plan in process has a heading, and has not asked AWS.
  if (!pulumi.runtime.hasEngine()) return;
  const any = allowedAccountIds.length > 0 ? "" : " (aws:allowedAccountIds names none, so that any other would do)";
  void pulumi.log.info(`${environmentName} is in ${region}, account ${accountId}${any}.`);
}
