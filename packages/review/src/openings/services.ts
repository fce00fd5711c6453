/**
 * Services of AWS that keep no data of the company's and change nothing that runs: traces, metrics, logs, and what only answers. Whoever may do all of one
 * may do more than before, and gets nothing by it that was closed.
 */
const ofNoData = new Set([
  "aps",
  "ce",
  "cloudwatch",
  "comprehend",
  "ec2messages",
  "health",
  "logs",
  "polly",
  "pricing",
  "resource-groups",
  "rum",
  "servicequotas",
  "ssmmessages",
  "tag",
  "textract",
  "translate",
  "xray",
]);

/** Whether it is all that a service does, of one by which something is reached, on all that there is. */
export function isWideOn(action: string, resource: string): boolean {
  const [service, what] = action.toLowerCase().split(":");
  return what === "*" && !ofNoData.has(service!) && isEvery(resource);
}

/** `*`, or an ARN that fits all of a kind. */
function isEvery(resource: string): boolean {
  if (resource === "*") return true;
  const [arn, , service, , , ...named] = resource.split(":");
  return arn === "arn" && (service === "s3" ? /^\*/ : /^([\w-]+[/:])?\*$/).test(named.join(":"));
}

/** Policies of AWS's that allow all that such a service does. */
const narrow =
  /(^|\/)(CloudWatch(Logs)?|AWSX[rR]ay|AmazonPolly|AmazonTextract|Translate|Comprehend|ResourceGroupsandTagEditor)FullAccess(V2)?$/;

const wide =
  /(^|\/)(AdministratorAccess(-[\w-]+)?|PowerUserAccess|\w*FullAccess(V2)?|SystemAdministrator|DatabaseAdministrator|NetworkAdministrator|SecretsManagerReadWrite)$/;

/** Whether a policy of AWS's allows all that a service does by which something is reached, or more. */
export const isWidePolicy = (policy: string): boolean => wide.test(policy) && !narrow.test(policy);
