/**
 * What a load balancer does with a request, by AWS's documents alone. Pure: read from a plan, asked without a network.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
export interface LoadBalancer {
  /** URN or, where it is not of the plan, the text that names it. */
  key: string;
  name: string;
  /** Whether it is one of CloudFront's distributions. */
  isDistribution?: boolean;
  /** It has private addresses alone. */
  internal: boolean;
  listeners: Listener[];
}

/** A port that a load balancer listens on. */
export interface Listener {
  /** Undefined where it is known only after apply, or the listener is not of the plan. */
  port: number | undefined;
  /** Such as `HTTPS` or `TCP`. */
  protocol: string | undefined;
  rules: Rule[];
  /** Whether it asks clients for a certificate that it checks. */
  asksForCertificate?: boolean;
  /** What happens where no rule fits. */
  defaultOutcome: Outcome;
  /** Whether others may have rules on it that the plan doesn't show. */
  hasOtherRules: boolean;
}

/** A listener rule. All of its conditions must hold. */
export interface Rule {
  urn: string;
  /** The lower comes first. Undefined where it is known only after apply, or left to the provider. */
  priority: number | undefined;
  conditions: Condition[];
  outcome: Outcome;
  /** Whether ECS names it as the one for the tests of a deployment: only a tester comes that way. */
  isTest: boolean;
}

/**
 * A condition of a rule. It holds where one of its values does.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export type Condition = (
  | { field: "host-header" | "path-pattern"; values: string[] }
  | { field: "http-header"; name: string; values: string[] }
  | { field: "http-request-method" | "source-ip"; values: string[] }
  | { field: "query-string"; values: { key?: string; value: string }[] }
) & {
  /** Values that nobody can compare with a request here: regular expressions, and what is known only after apply. */
  unreadable: string[];
};

/** What a client has to show before a rule does anything for it. */
export interface Guard {
  /** `a sign-in by Cognito` */
  text: string;
  /** How it is asked for: the same text for the same. */
  detail: string;
}

/** What a rule does with its requests. */
export type Outcome =
  | { kind: "forward"; targets: Target[]; guards?: Guard[] }
  | { kind: "redirect"; statusCode: string; to: RedirectTo }
  | { kind: "fixedResponse"; statusCode: number; contentType?: string; messageBody?: string }
  | { kind: "unknown"; reason: string };

/** Whom requests are forwarded to: a service, by whichever of its target groups. */
export interface Target {
  name: string;
  /** The manifest's `owner`. */
  owner?: string;
  /** A target group that no service of the plan registers in stands for itself, as does the origin of a distribution. */
  kind: "service" | "target group" | "origin";
  /** URN of the target group, or its ARN where it is not of the plan. */
  targetGroup?: string;
  /** Part of the requests, 0 to 1; undefined where deployments move it. */
  share: number | undefined;
}

/**
 * Where a redirect leads, with AWS's words such as `#{host}` in it.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions
 */
export interface RedirectTo {
  protocol: string;
  host: string;
  port: string;
  path: string;
  query: string;
}

/** A request as a load balancer sees it. */
export interface Request {
  port: number | undefined;
  /** Of the `Host` header. */
  host: string;
  /** Without the query. */
  path: string;
  /** `GET` by default. */
  method?: string;
  /** Names in any case. */
  headers?: Record<string, string | string[]>;
  query?: { key: string; value: string }[];
  /** None of any range by default. */
  sourceIp?: string;
}

/** What becomes of a request. */
export type Answer = {
  /** The rule that decides; undefined for the listener's default action. */
  rule?: Rule;
} & (Decided | { kind: "unknown"; reason: string; candidates: { rule?: Rule; outcome: Outcome }[] });

/** What is known to become of a request. */
export type Decided =
  | Exclude<Outcome, { kind: "redirect" | "unknown" }>
  | { kind: "redirect"; statusCode: string; to: RedirectTo; location: string }
  | { kind: "refused" };
