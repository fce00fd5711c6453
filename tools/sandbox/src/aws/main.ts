import * as pulumi from "@pulumi/pulumi";

import { StandInProvider } from "./provider";

const provider = new StandInProvider(
  { accountId: "123456789012", region: "us-east-1", registryHost: process.env.FAIRLEAD_SANDBOX_REGISTRY! },
  process.env.FAIRLEAD_SANDBOX_AWS_STATE!,
);
void pulumi.provider.main(provider, process.argv.slice(2));
