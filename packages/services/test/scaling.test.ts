import { loadBalancing, scaling } from "../src";
import { inputsOf, ofType, planOf, reasons, service } from "./harness";

const ecsService = "aws:ecs/service:Service";
const routes = [{ path: "/api/*", priority: 100 }];

describe("scaling", () => {
  const policies = async (args: Parameters<typeof scaling>[0]) => {
    const { plan, refused } = await planOf((env) => service(env, { features: [loadBalancing({ ...env, routes }), scaling(args)] }));
    return { plan, refused, names: ofType(plan, "aws:appautoscaling/policy:Policy").map(({ name }) => name) };
  };

  test("holds CPU at 70 and memory at 80, between 2 and 10 tasks, and the number of tasks is the scaler's", async () => {
    const { plan, names } = await policies({});
    expect(names).toEqual(["api-cpu", "api-memory"]);
    expect(inputsOf(plan, "aws:appautoscaling/target:Target")[0]).toMatchObject({
      minCapacity: 2,
      maxCapacity: 10,
      resourceId: "service/dev/api",
      // Who operates an environment is let in by it.
      tags: { "fairlead:cluster": "dev" },
    });
    const targets = inputsOf(plan, "aws:appautoscaling/policy:Policy").map(({ targetTrackingScalingPolicyConfiguration: c }) => c);
    expect(targets).toMatchObject([
      { targetValue: 70, scaleOutCooldown: 60, scaleInCooldown: 300 },
      { targetValue: 80, scaleOutCooldown: 60, scaleInCooldown: 300 },
    ]);
    expect(ofType(plan, ecsService)[0]!.options.ignoreChanges).toEqual(["desiredCount"]);
  });

  test("without it the program decides the number of tasks", async () => {
    const { plan } = await planOf((env) => service(env));
    expect(ofType(plan, ecsService)[0]!.options).toEqual({});
    expect(ofType(plan, "aws:appautoscaling/target:Target")).toEqual([]);
  });

  test("by requests names the target group of the load balancer", async () => {
    const { plan, names } = await policies({ cpuPercent: false, memoryPercent: false, requestsPerTarget: 500 });
    expect(names).toEqual(["api-requests"]);
    const [inputs] = inputsOf(plan, "aws:appautoscaling/policy:Policy");
    expect(JSON.stringify(inputs)).toMatch(/LoadBalancer::dev#arnSuffix\}\/\$\{.*TargetGroup::api#arnSuffix\}/);
  });

  test("by the time of answers names the load balancer and its target group", async () => {
    const { plan, names } = await policies({ cpuPercent: false, memoryPercent: false, responseTimeSeconds: 0.3 });
    expect(names).toEqual(["api-response-time"]);
    const [inputs] = inputsOf(plan, "aws:appautoscaling/policy:Policy");
    expect(inputs!.targetTrackingScalingPolicyConfiguration).toMatchObject({
      targetValue: 0.3,
      customizedMetricSpecification: {
        ...{ namespace: "AWS/ApplicationELB", metricName: "TargetResponseTime", statistic: "Average", unit: "Seconds" },
        dimensions: [{ name: "LoadBalancer" }, { name: "TargetGroup" }],
      },
    });
  });

  test("by metrics of one's own has a policy for each, under names that no other target has", async () => {
    const queued = { name: "queued", namespace: "Shop", metricName: "QueuedOrders", dimensions: { Service: "api" }, targetValue: 20 };
    const { plan, names } = await policies({ cpuPercent: false, memoryPercent: false, customMetrics: [queued] });
    expect(names).toEqual(["api-queued"]);
    expect(inputsOf(plan, "aws:appautoscaling/policy:Policy")[0]!.targetTrackingScalingPolicyConfiguration).toMatchObject({
      targetValue: 20,
      customizedMetricSpecification: {
        ...{ namespace: "Shop", metricName: "QueuedOrders", statistic: "Average" },
        dimensions: [{ name: "Service", value: "api" }],
      },
    });
    const { refused } = await policies({ customMetrics: [{ ...queued, name: "cpu" }, queued, queued] });
    expect(reasons(refused)).toEqual([
      'scaling.customMetrics.0.name: "cpu" is the name of another target',
      'scaling.customMetrics.2.name: "queued" is the name of another target',
    ]);
  });

  test("by backlog divides the messages that wait by the tasks that run", async () => {
    const { plan } = await policies({ cpuPercent: false, memoryPercent: false, queueBacklog: { queueName: "jobs", messagesPerTask: 10 } });
    const [inputs] = inputsOf(plan, "aws:appautoscaling/policy:Policy");
    const { customizedMetricSpecification: metric, targetValue } = inputs!.targetTrackingScalingPolicyConfiguration as {
      customizedMetricSpecification: { metrics: { expression?: string; returnData: boolean }[] };
      targetValue: number;
    };
    expect(targetValue).toBe(10);
    expect(metric.metrics.filter(({ returnData }) => returnData).map(({ expression }) => expression)).toEqual(["waiting / FILL(tasks, 1)"]);
  });

  test("by the clock changes the limits", async () => {
    const { plan } = await policies({ schedules: [{ name: "night", schedule: "cron(0 20 * * ? *)", minCapacity: 1, maxCapacity: 2 }] });
    expect(inputsOf(plan, "aws:appautoscaling/scheduledAction:ScheduledAction")).toEqual([
      expect.objectContaining({ name: "api-night", timezone: "UTC", scalableTargetAction: { minCapacity: 1, maxCapacity: 2 } }),
    ]);
  });

  test("refuses a least above the most", async () => {
    expect(reasons((await policies({ minCapacity: 5, maxCapacity: 3 })).refused)).toEqual([
      expect.stringMatching(/minCapacity: 5: expected 0 to 3/),
    ]);
  });
});
