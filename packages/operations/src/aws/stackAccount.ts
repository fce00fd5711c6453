import { coded, UserError, withoutLogins } from "@fairlead/model";
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
  const { Account: accountId = "", Arn: arn = "" } = await identity(clients).catch((error: unknown) => {
    const said = notLoggedIn(stack, error, clients.profile);
    throw said instanceof UserError ? said : unasked(stack, error);
  });
  if (accountIds.length > 0 && !accountIds.includes(accountId))
    throw otherAccount(configFolder, stack, accountIds, `${accountId} (${arn})`);
  return { accountId, arn };
}

async function identity(clients: StackClients) {
  const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
  return (await clients.sts()).send(new GetCallerIdentityCommand({}));
}

/** It is the first question: whatever else is in its way is in the way of all others, such as an address or a region that is none. */
function unasked(stack: string, error: unknown): UserError {
  const { code, input } = error as { code?: string; input?: string };
  const why =
    code === "ERR_INVALID_URL"
      ? `"${withoutLogins(String(input))}" is no address (AWS_ENDPOINT_URL, aws:endpoints)`
      : awsProblem(error).message;
  return new UserError(coded("FL2802", `AWS can't be asked for ${stack}: ${withoutStop(why)}.`));
}

/**
 * What to say where AWS doesn't know who asks, or nobody answers. Anything else stays as it is.
 *
 * @param profile of AWS's configuration files, which credentials are looked for by
 */
export function notLoggedIn(stack: string, error: unknown, profile = process.env.AWS_PROFILE): unknown {
  if (error instanceof UserError) return error;
  const { kind, message } = awsProblem(error);
  if (kind === "credentials" || kind === "denied") {
    const login = `aws sso login${profile === undefined ? "" : ` --profile ${profile}`}`;
    const fix = `fix: log in (\`${login}\`), or name others (AWS_PROFILE, aws:profile, aws:assumeRoles).`;
    return new UserError(coded("FL2801", `${whyNobody(stack, message, profile)} ${fix}`));
  }
  if (kind === "unreachable") {
    const endpoint = process.env.AWS_ENDPOINT_URL;
    const fix =
      endpoint === undefined
        ? "look at the network, the VPN, the proxy, and the region of the stack's configuration."
        : `AWS_ENDPOINT_URL names ${withoutLogins(endpoint)} in AWS's place: unset it, or start what is to answer there.`;
    return new UserError(coded("FL2802", `AWS doesn't answer for ${stack}: ${withoutStop(message)}. fix: ${fix}`));
  }
  return error;
}

/** Nobody was asked where there are no credentials: then it is not AWS that refuses. */
function whyNobody(stack: string, message: string, profile: string | undefined): string {
  const isNone = /Could not load credentials from any providers|Could not resolve credentials using profile/i.test(message);
  if (!isNone) return `AWS takes no credentials for ${stack}: ${withoutStop(message)}.`;
  return profile === undefined
    ? `There are no credentials for ${stack}: none in the environment, in AWS's files (~/.aws), or of this machine.`
    : `There are no credentials for ${stack}: the profile "${profile}" gives none. Is it in ~/.aws/config?`;
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, "");
}
