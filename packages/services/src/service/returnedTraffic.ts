import { loadedProvider } from "@fairlead/foundation";
import * as pulumi from "@pulumi/pulumi";

import { ownUrn } from "../ownUrn";
import type { ReturnedTrafficProperties } from "./returnedTrafficProvider";

/** Arguments of {@link ReturnedTraffic}. */
export interface ReturnedTrafficArgs {
  clusterArn: pulumi.Input<string>;
  serviceName: string;
  /** The group that rules are about to send all traffic to. */
  targetGroupArn: pulumi.Input<string>;
}

const type = "pulumi-nodejs:dynamic/fairlead:ReturnedTraffic";

/**
 * That a service's traffic is on the target group that its rules are about to name. Each deployment of a strategy that shifts traffic moves it to the other
 * one of two groups; where the last one left it on the second, ECS brings it back by a deployment of what runs, before the strategy is ROLLING and the second
 * group goes. Without that, requests would go to a group without targets until the tasks are in it.
 *
 * Nothing is asked again once it was made: a service that rolls stays where it is.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html
 */
export class ReturnedTraffic extends pulumi.CustomResource {
  constructor(name: string, args: ReturnedTrafficArgs, options: pulumi.CustomResourceOptions) {
    const resourceUrn = ownUrn(name, type, options.parent);
    const properties: pulumi.Inputs & Record<keyof ReturnedTrafficProperties, unknown> = { ...args, resourceUrn };
    super(type, name, { ...properties, __provider: loadedProvider("@fairlead/services/returnedTrafficProvider") }, options);
  }
}
