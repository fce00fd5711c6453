import type { dynamic } from "@pulumi/pulumi";

import { awsCredentials, type AwsCredentials } from "./awsCredentials";
import { endpointOf, type AwsService, type StackValues } from "./stackValues";

export { awsTimeouts } from "./awsTimeouts";
export type { AwsService } from "./stackValues";

// AWS's SDK warns of every Node before 22, eight lines that nobody who runs `up` can act on.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** What a client of the AWS SDK is made with. */
export interface AwsClientConfig {
  region?: string;
  /** Profile of AWS's configuration files, where nothing else says who it is. */
  profile?: string;
  credentials?: AwsCredentials;
  endpoint?: string;
  useFipsEndpoint?: boolean;
  useDualstackEndpoint?: boolean;
}

/**
 * Who a dynamic resource is to AWS: the same as Pulumi's AWS provider, by the same configuration (`aws:assumeRoles`, `aws:profile`, `aws:region`, keys,
 * web identities, `aws:endpoints`). The engine hands that to the resource's provider when it starts, so that nothing of it is in the state. What the
 * environment says (`AWS_…`) the AWS SDK reads itself.
 *
 * @see https://www.pulumi.com/registry/packages/aws/installation-configuration/
 * @example
 * ```ts
 * const aws = new AwsAccess();
 * export const provider = { configure: aws.configure, create: async () => new ECSClient(await aws.clientConfig("ecs")) };
 * ```
 */
export class AwsAccess {
  private values: StackValues = { get: () => undefined };

  /** For the provider's `configure`. */
  readonly configure = ({ config }: Pick<dynamic.ConfigureRequest, "config">): Promise<void> => {
    this.values = config;
    return Promise.resolve();
  };

  /** @param region the stack's by default */
  async clientConfig(service: AwsService, region = this.values.get("aws:region")): Promise<AwsClientConfig> {
    const flag = (key: string) => (this.values.get(key) === "true" ? true : undefined);
    const config: AwsClientConfig = {
      region,
      profile: this.values.get("aws:profile"),
      credentials: await awsCredentials(this.values, region),
      endpoint: endpointOf(this.values, service),
      useFipsEndpoint: flag("aws:useFipsEndpoint"),
      useDualstackEndpoint: flag("aws:useDualstackEndpoint"),
    };
    // The SDK takes a key that is there and undefined for a setting.
    return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
  }
}
