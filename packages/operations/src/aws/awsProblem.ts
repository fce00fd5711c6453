import { awsErrorKind, printableLine, type AwsErrorKind } from "@fairlead/model";

/** Why AWS didn't answer. */
export type AwsProblemKind = AwsErrorKind;

/** An answer of AWS's that is an error. */
export interface AwsProblem {
  kind: AwsProblemKind;
  /** The action that is missing, as IAM calls it: `ecs:DescribeServices`. Of those that are denied alone, where AWS names it. */
  action?: string;
  /** AWS's own words, in a line. */
  message: string;
}

type SdkError = Error & { code: string; $metadata: { httpStatusCode?: number } };

/** What an error of AWS's SDK says. */
export function awsProblem(error: unknown): AwsProblem {
  const { name = "", message: wrapped = "", code: given, $metadata } = error as Partial<SdkError>;
  const message = wrapped.replace(/^AWS SDK error wrapper for Error: /, "");
  const code = given ?? /\b(E[A-Z]+(?:_[A-Z]+)?)\b/.exec(message)?.[1] ?? "";
  const said = printableLine((message.split("\n")[0] ?? "").trim() || code || name || "no answer");
  const kind = kindOf(name, code, said, $metadata?.httpStatusCode);
  const action = kind === "denied" ? /perform:? ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(message)?.[1] : undefined;
  return { kind, message: said, ...(action !== undefined && { action }) };
}

function kindOf(name: string, code: string, message: string, status?: number): AwsProblemKind {
  const kind = awsErrorKind(name, { status });
  if (kind === "denied") return kind;
  if (/Could not load credentials|session has expired|token .*expired/i.test(message)) return "credentials";
  return kind === "other" ? awsErrorKind(code) : kind;
}

/** What could not be seen of AWS, and what it takes. */
export interface Unseen {
  /** What would have been shown: `alarms`. */
  what: string;
  /** The action that it needs: `cloudwatch:DescribeAlarms`. */
  action: string;
  kind: AwsProblemKind;
  message: string;
}
