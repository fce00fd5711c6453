import type { AwsRequest } from "./requests";
import { s3Action } from "./s3Actions";

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

/** The action of a request; undefined where AWS asks for no permission. */
export function actionOf({ service, operation, body }: Pick<AwsRequest, "service" | "operation" | "body">): Action | undefined {
  const action = service === "s3" ? s3Action(operation) : `${prefixes[service] ?? service}:${operation}`;
  if (always.has(action)) return undefined;
  const given = new URLSearchParams(service === "iam" ? body.toString() : "");
  const role = given.get("RoleName");
  if (role === null) return { action };
  return operation === "CreateRole" ? { action, role, path: given.get("Path") ?? "/" } : { action, role };
}
