import { coded, UserError } from "@fairlead/model";
import { otherAccount } from "@fairlead/model/files";

import { awsProblem } from "./awsProblem";
import type { StackClients } from "./stackClients";

/** Whose credentials they are. */
export interface Caller {
  accountId: string;
  arn: string;
}

/** What is needed of a stack to know whether these are credentials of its account. */
export interface AccountOfStack {
  stack: string;
  configFolder: string;
  accountIds: readonly string[];
}

/**
 * Asks AWS whose the credentials are. It needs no permission.
 *
 * @throws UserError where there are none, they have expired, or they are of another account than the stack's configuration names
 */
export async function callerOf({ stack, configFolder, accountIds }: AccountOfStack, clients: StackClients): Promise<Caller> {
  const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
  const { Account: accountId = "", Arn: arn = "" } = await (
    await clients.sts()
  )
    .send(new GetCallerIdentityCommand({}))
    .catch((error: unknown) => {
      throw notLoggedIn(stack, error);
    });
  if (accountIds.length > 0 && !accountIds.includes(accountId))
    throw otherAccount(configFolder, stack, accountIds, `${accountId} (${arn})`);
  return { accountId, arn };
}

/** What to say where AWS doesn't know who asks. Anything else stays as it is. */
export function notLoggedIn(stack: string, error: unknown): unknown {
  if (error instanceof UserError) return error;
  const { kind, message } = awsProblem(error);
  if (kind === "credentials" || kind === "denied") {
    return new UserError(
      coded(
        "FL2801",
        `AWS takes no credentials for ${stack}: ${withoutStop(message)}. fix: log in (\`aws sso login\`), or name others (AWS_PROFILE, aws:profile, aws:assumeRoles).`,
      ),
    );
  }
  if (kind === "unreachable") return new UserError(coded("FL2802", `AWS doesn't answer for ${stack}: ${withoutStop(message)}.`));
  return error;
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, "");
}
