import type { AwsAccess } from "@fairlead/foundation/awsAccess";
import { describeRevisions, type Ecs, type ProgressContext } from "@fairlead/rollout";

/**
 * Asks how many targets of a revision's groups are healthy. Whoever may not ask that, or has no way to that API, isn't told it, and the rollout goes on.
 */
export function healthyTargets(ecs: Ecs, aws: Pick<AwsAccess, "clientConfig">): NonNullable<ProgressContext["healthyTargets"]> {
  // A service that is behind no load balancer needs none.
  const client = once(async () => {
    const { ElasticLoadBalancingV2Client } = await import("@aws-sdk/client-elastic-load-balancing-v2");
    const requestHandler = { connectionTimeout: 2000, requestTimeout: 5000, throwOnRequestTimeout: true };
    return new ElasticLoadBalancingV2Client({ ...(await aws.clientConfig("elbv2")), requestHandler, maxAttempts: 2 });
  });
  const groups = new Map<string, string[]>();
  const known = async (revisionArn: string) => {
    if (!groups.has(revisionArn)) groups.set(revisionArn, await groupsOf(ecs, revisionArn));
    return groups.get(revisionArn)!;
  };
  return async (revisionArn, others) => {
    try {
      const own = await known(revisionArn);
      if (own.length === 0) return undefined;
      const ofOthers = (await Promise.all(others.map(known))).flat();
      const { DescribeTargetHealthCommand } = await import("@aws-sdk/client-elastic-load-balancing-v2");
      const answers = await Promise.all(
        own.map(async (TargetGroupArn) => (await client()).send(new DescribeTargetHealthCommand({ TargetGroupArn }))),
      );
      const healthy = answers.map(
        ({ TargetHealthDescriptions = [] }) =>
          TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State === "healthy").length,
      );
      return { count: Math.min(...healthy), isShared: own.some((group) => ofOthers.includes(group)) };
    } catch {
      return undefined;
    }
  };
}

/** The groups that ECS registers a revision's tasks in: of two of a shifting deployment that which is the revision's. */
async function groupsOf(ecs: Ecs, revisionArn: string): Promise<string[]> {
  const revision = (await describeRevisions(ecs, [revisionArn])).get(revisionArn);
  const resolved = revision?.resolvedConfiguration?.loadBalancers ?? [];
  return (resolved.length > 0 ? resolved : (revision?.loadBalancers ?? [])).flatMap(({ targetGroupArn }) => targetGroupArn ?? []);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
