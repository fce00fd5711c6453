import * as pulumi from "@pulumi/pulumi";

import { constructVpc } from "./vpc";

/** A plugin of the name `awsx` with the one component that the packages use. */
const provider: pulumi.provider.Provider = {
  version: "3.9.0",
  construct: (name, type, inputs, options) => {
    if (type !== "awsx:ec2:Vpc") throw new Error(`the sandbox's awsx has no ${type}: add it to tools/sandbox/src/aws/awsx`);
    return constructVpc(name, inputs, options);
  },
};

void pulumi.provider.main(provider, process.argv.slice(2));
