/** A resource type as people say it: `aws:rds/cluster:Cluster` is an rds Cluster. */
export function nounOf(type: string): string {
  const [provider, module = "", kind = ""] = type.split(":");
  // Our own, which Pulumi calls by the language that they are written in.
  if (provider === "pulumi-nodejs") return kind === "Resource" ? "dynamic resource" : kind;
  const service = provider === "aws" ? module.split("/")[0]! : provider!;
  return kind.toLowerCase().startsWith(service) ? kind : `${service} ${kind}`;
}
