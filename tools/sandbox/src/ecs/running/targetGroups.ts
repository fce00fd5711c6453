import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import { AwsError, type AwsRequest } from "../../aws/requests";
import { region } from "../../sandboxAccount";
import type { AccountAccess } from "./accountAccess";
import type { ContainerNetwork } from "./containerNetwork";
import { timeoutSeconds, type Pace } from "./pace";
import { element, elements, tag } from "./xml";

/** One address and port of a target group. */
export interface Target {
  id: string;
  port: number;
  state: "initial" | "healthy" | "unhealthy" | "draining";
  reason?: string;
  description?: string;
  /** Whether it ever was healthy. */
  wasHealthy: boolean;
}

interface HealthCheck {
  path: string;
  port: string;
  intervalSeconds: number;
  timeoutSeconds: number;
  healthyThreshold: number;
  unhealthyThreshold: number;
  matcher: string;
  deregistrationDelaySeconds: number;
}

/**
 * What moto lacks of target groups: it says that each target is healthy. Here each is asked, as its group's health check says, by HTTP.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export class TargetGroups {
  private readonly targets = new Map<string, Target[]>();

  constructor(
    private readonly account: AccountAccess,
    private readonly network: ContainerNetwork,
    private readonly pace: Pace,
  ) {}

  of(arn: string): Target[] {
    return this.targets.get(arn) ?? [];
  }

  async register(arn: string, id: string, port: number): Promise<Target> {
    const check = await this.healthCheckOf(arn);
    const target: Target = { id, port, state: "initial", wasHealthy: false, ...registering };
    this.targets.set(arn, [...this.of(arn), target]);
    void this.watch(target, check);
    return target;
  }

  /** Takes no new request to it, and lets those that it has come to their end. */
  async deregister(arn: string, target: Target): Promise<void> {
    if (!this.of(arn).includes(target)) return;
    const { deregistrationDelaySeconds } = await this.healthCheckOf(arn);
    Object.assign(target, { state: "draining", ...draining });
    await sleep(deregistrationDelaySeconds * this.pace.factor * 1000);
    this.targets.set(
      arn,
      this.of(arn).filter((known) => known !== target),
    );
  }

  /** The answer to DescribeTargetHealth; undefined for another operation. */
  answer({ service, operation, body }: AwsRequest): string | undefined {
    if (service !== "elasticloadbalancing" || operation !== "DescribeTargetHealth") return undefined;
    const arn = new URLSearchParams(body.toString()).get("TargetGroupArn");
    if (!arn) throw new AwsError("ValidationError", "A target group ARN must be specified");
    const members = this.of(arn).map(({ id, port, state, reason, description }) => {
      const health = tag("TargetHealth", tag("State", state) + tag("Reason", reason) + tag("Description", description));
      const target = tag("Target", tag("Id", id) + tag("Port", port) + tag("AvailabilityZone", `${region}a`));
      return tag("member", tag("HealthCheckPort", port) + target + health);
    });
    const result = tag("DescribeTargetHealthResult", tag("TargetHealthDescriptions", members.join("")));
    const metadata = tag("ResponseMetadata", tag("RequestId", "00000000-0000-0000-0000-000000000000"));
    const namespace = "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/";
    return `<DescribeTargetHealthResponse xmlns="${namespace}">${result}${metadata}</DescribeTargetHealthResponse>`;
  }

  private async watch(target: Target, check: HealthCheck): Promise<void> {
    let [successes, failures] = [0, 0];
    // Whoever takes it away changes the state while this waits.
    const isDraining = () => target.state === "draining";
    while (!isDraining()) {
      const problem = await this.problemOf(target, check);
      if (isDraining()) return;
      [successes, failures] = problem ? [0, failures + 1] : [successes + 1, 0];
      if (!problem && (target.state === "initial" || successes >= check.healthyThreshold))
        Object.assign(target, { state: "healthy", reason: undefined, description: undefined, wasHealthy: true });
      else if (problem && failures >= check.unhealthyThreshold) Object.assign(target, { state: "unhealthy", ...problem });
      else if (target.state === "initial") Object.assign(target, checking);
      const factor = target.state === "initial" ? this.pace.startFactor : this.pace.factor;
      await sleep(Math.max(200, check.intervalSeconds * factor * 1000));
    }
  }

  private async problemOf({ id, port }: Target, check: HealthCheck): Promise<{ reason: string; description: string } | undefined> {
    const asked = check.port === "traffic-port" ? port : Number(check.port);
    const status = await this.statusOf(id, asked, check).catch((error: Error) => error.message);
    if (status === "ETIMEDOUT") return { reason: "Target.Timeout", description: "Request timed out" };
    if (typeof status === "string") return { reason: "Target.FailedHealthChecks", description: "Health checks failed" };
    if (matches(status, check.matcher)) return undefined;
    return { reason: "Target.ResponseCodeMismatch", description: `Health checks failed with these codes: [${status}]` };
  }

  private async statusOf(host: string, port: number, check: HealthCheck): Promise<number> {
    const timeout = timeoutSeconds(check.timeoutSeconds, this.pace) * 1000;
    const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error("ETIMEDOUT")), timeout).unref());
    const socket = await Promise.race([this.network.connect(host, port), late]);
    const answered = new Promise<number>((resolve, reject) => {
      const headers = { host: `${host}:${port}`, "user-agent": "ELB-HealthChecker/2.0", connection: "close" };
      request({ path: check.path, headers, createConnection: () => socket }, (answer) => {
        answer.resume();
        resolve(answer.statusCode!);
      })
        .on("error", reject)
        .end();
    });
    return Promise.race([answered, late]).finally(() => socket.destroy());
  }

  private async healthCheckOf(arn: string): Promise<HealthCheck> {
    const found = await this.account.query("elasticloadbalancing", { Action: "DescribeTargetGroups", "TargetGroupArns.member.1": arn });
    const attributes = await this.account.query("elasticloadbalancing", { Action: "DescribeTargetGroupAttributes", TargetGroupArn: arn });
    const delay = elements(attributes, "member").find((member) => element(member, "Key") === "deregistration_delay.timeout_seconds");
    const text = (name: string, otherwise: string) => element(found, name) || otherwise;
    return {
      path: text("HealthCheckPath", "/"),
      port: text("HealthCheckPort", "traffic-port"),
      intervalSeconds: Number(text("HealthCheckIntervalSeconds", "30")),
      timeoutSeconds: Number(text("HealthCheckTimeoutSeconds", "5")),
      healthyThreshold: Number(text("HealthyThresholdCount", "5")),
      unhealthyThreshold: Number(text("UnhealthyThresholdCount", "2")),
      matcher: text("HttpCode", "200"),
      deregistrationDelaySeconds: Number((delay && element(delay, "Value")) ?? "300"),
    };
  }
}

const registering = { reason: "Elb.RegistrationInProgress", description: "Target registration is in progress" };
const checking = { reason: "Elb.InitialHealthChecking", description: "Initial health checks in progress" };
const draining = { reason: "Target.DeregistrationInProgress", description: "Target deregistration is in progress" };

/** `200`, `200,202` or `200-299`. */
function matches(status: number, matcher: string): boolean {
  return matcher.split(",").some((part) => {
    const [from, to = from] = part.split("-").map(Number) as [number, number?];
    return status >= from && status <= to!;
  });
}
