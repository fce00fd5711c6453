import { readFileSync } from "node:fs";

import { AwsError, type Account } from "./model";
import type { Properties } from "./world";

const subnets = {
  true: ["subnet-0a11ce0000000001a", "subnet-0a11ce0000000001b"],
  false: ["subnet-0b0b000000000001a", "subnet-0b0b000000000001b"],
};

/** Answers the provider functions that the stacks call. */
export function answer(token: string, args: Properties, account: Account): Properties {
  switch (token) {
    case "aws:ec2/getSubnets:getSubnets": {
      const filters = Object.fromEntries((args.filters ?? []).map(({ name, values }: Properties) => [name, values[0]]));
      return { ids: subnets[filters["map-public-ip-on-launch"] as "true" | "false"] ?? [], id: account.region };
    }
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return {
        accountId: account.accountId,
        arn: `arn:aws:iam::${account.accountId}:root`,
        userId: account.accountId,
        id: account.accountId,
      };
    case "aws:ecr/getAuthorizationToken:getAuthorizationToken":
      return { userName: "AWS", password: registryPassword(), proxyEndpoint: `https://${account.registryHost}`, id: account.region };
    default:
      throw new AwsError("NotInTheSandbox", `the stand-in for AWS has no ${token} yet. Add it to tools/sandbox/src/aws/functions.ts`);
  }
}

/** Changes with every run of the engine, as ECR's tokens do. */
function registryPassword(): string {
  return readFileSync(process.env.FAIRLEAD_SANDBOX_PASSWORD_FILE!, "utf8");
}
