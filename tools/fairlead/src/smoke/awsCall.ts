import { UserError } from "@fairlead/model";

/** AWS didn't answer a call: which, and why, in a line. */
export class AwsFailure extends Error {}

/**
 * Asks AWS.
 *
 * @param call what, as IAM calls it: `ecs:DescribeServices`
 * @throws AwsFailure where it doesn't answer
 */
export async function asking<T>(call: string, region: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof UserError || error instanceof AwsFailure) throw error;
    const why = inOneLine(error as Error).replace(/[.:]?$/, ".");
    throw new AwsFailure(`AWS didn't answer ${call} in ${region}: ${why}`);
  }
}

/** What AWS's SDK says of an error: the first line is AWS's, or none where nobody answered. */
export function inOneLine(error: Error & { code?: string }): string {
  const message = error.message.replace(/^AWS SDK error wrapper for Error: /, "");
  const said = message.split("\n")[0]!.trim() || error.code || "no answer";
  return error.name === "Error" ? said : `${error.name}: ${said}`;
}
