import type { AnsweringAccount, RefusingService } from "./account";
import { ScriptedClock } from "./clock";
import { Refusal } from "./protocols";
import { ScriptedRequestHandler } from "./requestHandler";
import { emptyState, type AccountState } from "./state";

/** What a scripted account is like. */
export interface ScriptedAccountOptions {
  /** `eu-central-1` by default. */
  region?: string;
  /** `123456789012` by default. */
  accountId?: string;
  /** Items on a page at most, whatever AWS would allow. AWS's own sizes by default. */
  maximumPageSize?: number;
  /** Milliseconds, in the clock's time, until an answer is there. None by default. */
  latencyMilliseconds?: number;
  /** Whether its answers tell the clock's time, as AWS's do. The machine's clock is then wrong. False by default: the SDK tries again what fails meanwhile. */
  tellsTime?: boolean;
}

/**
 * An account of AWS's as its APIs show it: {@link state} in their shapes, which a test changes as it likes, answered through the SDK's own HTTP layer.
 * Serialization, paging, retries and errors are the SDK's.
 *
 * @example
 * ```ts
 * const account = new ScriptedAccount();
 * const client = new ECSClient(account.clientConfig());
 * ```
 */
export class ScriptedAccount implements AnsweringAccount {
  readonly clock = new ScriptedClock();
  readonly state: AccountState = emptyState();
  readonly region: string;
  readonly accountId: string;
  latencyMilliseconds: number;
  tellsTime: boolean;
  /** Answered and refused calls, by action: `ecs:DescribeTasks`. */
  readonly calls: Record<string, number> = {};
  /** Most calls that were under way at once. */
  mostAtOnce = 0;
  private underWay = 0;
  private readonly maximumPageSize: number;
  private readonly denials = new Map<string, string | undefined>();
  private readonly throttles: { action: string; calls: readonly number[] }[] = [];

  constructor(options: ScriptedAccountOptions = {}) {
    this.region = options.region ?? "eu-central-1";
    this.accountId = options.accountId ?? "123456789012";
    this.maximumPageSize = options.maximumPageSize ?? Infinity;
    this.latencyMilliseconds = options.latencyMilliseconds ?? 0;
    this.tellsTime = options.tellsTime ?? false;
  }

  /** What the SDK's clients are made with. */
  readonly clientConfig = () => ({
    region: this.region,
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "example" },
    requestHandler: new ScriptedRequestHandler(this),
  });

  /** An ARN of this account's. */
  readonly arn = (service: string, resource: string) => `arn:aws:${service}:${this.region}:${this.accountId}:${resource}`;

  readonly pageSize = (wanted: number) => Math.min(wanted, this.maximumPageSize);

  /** Calls altogether. */
  get callCount(): number {
    return Object.values(this.calls).reduce((sum, count) => sum + count, 0);
  }

  /**
   * Refuses actions, in AWS's words.
   *
   * @param actions such as `ecs:DescribeTasks`; `ecs:*` is all of a service
   * @param resource ARN that AWS names. None by default.
   */
  deny(actions: readonly string[], resource?: string): void {
    for (const action of actions) this.denials.set(action, resource);
  }

  /** Refuses nothing any more. */
  allow(): void {
    this.denials.clear();
  }

  /** Answers the n-th calls of an action, counted from 1, that there are too many; all of them by default. */
  throttle(action: string, ...calls: number[]): void {
    this.throttles.push({ action, calls });
  }

  /** A call begins; what is returned ends it. For the request handler. */
  begin({ action }: RefusingService, operation: string): () => void {
    const name = `${action}:${operation}`;
    this.calls[name] = (this.calls[name] ?? 0) + 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.underWay);
    return () => void this.underWay--;
  }

  /** @throws Refusal where the call is throttled or denied. For the request handler. */
  refuse(service: RefusingService, operation: string): void {
    const action = `${service.action}:${operation}`;
    const number = this.calls[action]!;
    if (this.throttles.some((each) => each.action === action && (each.calls.length === 0 || each.calls.includes(number)))) {
      throw new Refusal(service.throttled, "Rate exceeded", service.protocol === "ec2" ? 503 : 400);
    }
    const all = `${service.action}:*`;
    if (!this.denials.has(action) && !this.denials.has(all)) return;
    const resource = this.denials.get(action) ?? this.denials.get(all);
    const user = `User: arn:aws:sts::${this.accountId}:assumed-role/reader/me is not authorized to perform: ${action}`;
    const why = `because no identity-based policy allows the ${action} action`;
    const said = resource === undefined ? `${user} ${why}` : `${user} on resource: ${resource} ${why}`;
    const message = service.protocol === "ec2" ? `You are not authorized to perform this operation. ${said}` : said;
    throw new Refusal(service.denied, message, service.deniedStatus);
  }
}
