import * as pulumi from "@pulumi/pulumi";

import { region } from "../account";
import { StandInProvider } from "./provider";

const provider = new StandInProvider(
  { accountId: process.env.FAIRLEAD_SANDBOX_ACCOUNT!, region, registryHost: process.env.FAIRLEAD_SANDBOX_REGISTRY! },
  process.env.FAIRLEAD_SANDBOX_AWS_STATE!,
);
void pulumi.provider.main(provider, process.argv.slice(2));
