import { awsTimeouts } from "@fairlead/foundation/awsAccess";
import { AdaptiveRetryStrategy } from "@smithy/core/retry";

/** Tries of a call that is throttled: the SDK waits longer each time, some 20 seconds in all. */
const mostTries = 7;
/** Tries of a call that nobody answers: one lost packet is survived, and a firewall that drops all is told within a minute or so. */
const mostTriesUnanswered = 2;

type Renewal = Parameters<AdaptiveRetryStrategy["refreshRetryTokenForRetry"]>;

/** Slows down as AWS throttles, and gives up early where there is no answer at all. */
class Retries extends AdaptiveRetryStrategy {
  constructor() {
    super(mostTries);
  }

  override async refreshRetryTokenForRetry(
    token: Renewal[0],
    info: Renewal[1],
  ): ReturnType<AdaptiveRetryStrategy["refreshRetryTokenForRetry"]> {
    const { error } = info;
    if ((error as Error | undefined)?.name === "TimeoutError" && token.getRetryCount() + 1 >= mostTriesUnanswered) throw error;
    return super.refreshRetryTokenForRetry(token, info);
  }
}

/** How long a client waits, and how often it asks again. */
export function patience(times: Partial<typeof awsTimeouts> = {}) {
  return { retryStrategy: new Retries(), requestHandler: { ...awsTimeouts, ...times } };
}
