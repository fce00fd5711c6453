import { sheetOf } from "@fairlead/model/awsTypes";

/**
 * A resource type as people say it: `aws:lb/targetGroup:TargetGroup` is a target group. Of a type without a sheet, its service and kind: `batch JobQueue`.
 *
 * @param inputs of the resource, which tell ours apart where others' may have the same type
 */
export function nounOf(type: string, inputs: Record<string, unknown> = {}): string {
  const sheet = sheetOf(type, inputs);
  if (sheet) return sheet.noun;
  const [provider, module = "", kind = ""] = type.split(":");
  // Dynamic resources, which Pulumi calls by the language that they are written in.
  if (provider === "pulumi-nodejs") return kind === "Resource" ? "dynamic resource" : kind;
  const service = provider === "aws" ? module.split("/")[0]! : provider!;
  return kind.toLowerCase().startsWith(service) ? kind : `${service} ${kind}`;
}
