import type { AwsRequest } from "./requests";

/** What IAM is asked about a request. */
export interface Action {
  /** `service:Operation`. */
  action: string;
  /** The role that it is about, by its name. */
  role?: string;
  /** Where it puts the role, if it makes one. */
  path?: string;
}

/** Services that IAM names otherwise than a signature does. */
const prefixes: Record<string, string> = { monitoring: "cloudwatch" };
/** AWS answers these whatever a policy says. */
const always = new Set(["sts:GetCallerIdentity"]);

/** The action of a request; undefined where the protocol has no names of operations (S3, Route 53, CloudFront, EFS, Scheduler). */
export function actionOf({ service, operation, body }: AwsRequest): Action | undefined {
  const action = `${prefixes[service] ?? service}:${operation}`;
  if (operation.includes(" ") || always.has(action)) return undefined;
  const given = new URLSearchParams(service === "iam" ? body.toString() : "");
  const role = given.get("RoleName");
  if (role === null) return { action };
  return operation === "CreateRole" ? { action, role, path: given.get("Path") ?? "/" } : { action, role };
}
