import type { ScriptedClock } from "./clock";
import type { Protocol } from "./protocols";
import type { AccountState } from "./state";

/** What a service refuses with. */
export interface RefusingService {
  /** Prefix of its actions in IAM. */
  action: string;
  protocol: Protocol;
  throttled: string;
  denied: string;
  deniedStatus: number;
}

/** An account, as whoever answers for it sees it. */
export interface AnsweringAccount {
  readonly clock: ScriptedClock;
  readonly state: AccountState;
  readonly region: string;
  readonly accountId: string;
  readonly latencyMilliseconds: number;
  readonly tellsTime: boolean;
  readonly arn: (service: string, resource: string) => string;
  readonly pageSize: (wanted: number) => number;
  begin(service: RefusingService, operation: string): () => void;
  refuse(service: RefusingService, operation: string): void;
}
