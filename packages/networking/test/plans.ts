import { embeddedPlan, type Plan } from "@fairlead/plan";

import { Network } from "../src";

/** The plan of a program that gets a network. */
export const plan = (program: (network: Network) => unknown, config: Record<string, string> = {}) =>
  embeddedPlan({
    project: "shop",
    stack: "dev",
    config,
    program: () => void program(new Network("main", { vpcId: "vpc-0a1b2c3d4e5f60718" })),
  });
export const inputsOf = ({ resources }: Plan, type: string) =>
  resources.filter((resource) => resource.type === type).map(({ inputs }) => inputs);
export const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
