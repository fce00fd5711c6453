import { printableLine } from "@fairlead/model";

/** Why AWS didn't answer: it said no, there is nobody to be to AWS, it is asked too often, or something else. */
export type AwsProblemKind = "denied" | "credentials" | "throttled" | "unreachable" | "other";

/** An answer of AWS's that is an error. */
export interface AwsProblem {
  kind: AwsProblemKind;
  /** The action that is missing, as IAM calls it: `ecs:DescribeServices`. Of those that are denied alone, where AWS names it. */
  action?: string;
  /** AWS's own words, in a line. */
  message: string;
}

const credentialErrors = new Set([
  "CredentialsProviderError",
  "TokenProviderError",
  "ExpiredToken",
  "ExpiredTokenException",
  "RequestExpired",
  "InvalidClientTokenId",
  "UnrecognizedClientException",
  "SignatureDoesNotMatch",
  "InvalidSignatureException",
  "IncompleteSignature",
  "AuthFailure",
]);
const denials = new Set(["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError", "UnauthorizedException"]);
const throttles = new Set([
  "ThrottlingException",
  "Throttling",
  "TooManyRequestsException",
  "RequestLimitExceeded",
  "LimitExceededException",
]);
const connections = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "ECONNRESET", "TimeoutError", "NetworkingError"]);

/** What an error of AWS's SDK says. */
export function awsProblem(error: unknown): AwsProblem {
  const { name = "", message: wrapped = "", code: given } = error as Partial<Error & { code: string }>;
  const message = wrapped.replace(/^AWS SDK error wrapper for Error: /, "");
  const code = given ?? /\b(E[A-Z]+(?:_[A-Z]+)?)\b/.exec(message)?.[1] ?? "";
  const said = printableLine((message.split("\n")[0] ?? "").trim() || code || name || "no answer");
  const kind = kindOf(name, code, said);
  const action = kind === "denied" ? /perform:? ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(message)?.[1] : undefined;
  return { kind, message: said, ...(action !== undefined && { action }) };
}

function kindOf(name: string, code: string, message: string): AwsProblemKind {
  if (denials.has(name)) return "denied";
  if (credentialErrors.has(name) || /Could not load credentials|session has expired|token .*expired/i.test(message)) return "credentials";
  if (throttles.has(name)) return "throttled";
  return connections.has(code) || connections.has(name) ? "unreachable" : "other";
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
