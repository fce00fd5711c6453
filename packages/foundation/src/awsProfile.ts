import { Config } from "@pulumi/pulumi";

/** The profile that Pulumi's AWS provider uses, for what calls AWS beside it. */
export function awsProfile(): string | undefined {
  return new Config("aws").get("profile");
}
