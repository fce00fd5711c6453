/** A resource type as people say it: `aws:rds/cluster:Cluster` is an rds Cluster. */
export function nounOf(type: string): string {
  const [provider, module = "", kind = ""] = type.split(":");
  const service = provider === "aws" ? module.split("/")[0]! : provider!;
  return kind.toLowerCase().startsWith(service) ? kind : `${service} ${kind}`;
}
