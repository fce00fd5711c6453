import { ArgumentErrors } from "@fairlead/foundation";
import { nameProblem } from "@fairlead/model";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link Dashboard}. */
export interface DashboardArgs {
  region: string;
  clusterName: string;
  /** `app/<name>/<id>` of the environment's load balancer. None by default. */
  loadBalancerArnSuffix?: pulumi.Input<string>;
  /** Whether the cluster has Container Insights, which the right-sizing view reads. True by default. */
  containerInsights?: boolean;
  /** Changes the arguments of the dashboard just before it is created. */
  transform?: (args: cloudwatch.DashboardArgs) => cloudwatch.DashboardArgs;
}

interface Widget {
  title: string;
  /** Metric searches, each with the label of its lines. */
  searches: string[];
  unit?: string;
  /** `table` shows one number for each service over the whole time. */
  view?: "timeSeries" | "table";
}

/**
 * The dashboard of an environment: load, errors and latency of every service, and for each what it reserves against what it uses. Its widgets
 * search for services, so it has the same few however many there are, and a new service is on it at once.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-search-expressions.html
 * @example
 * ```ts
 * new Dashboard("prod", { region: "us-east-1", clusterName: "prod", loadBalancerArnSuffix: loadBalancer.arnSuffix });
 * ```
 */
export class Dashboard extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: DashboardArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:observability:Dashboard", name, {}, options);
    const errors = new ArgumentErrors();
    errors.refuse("name", nameProblem(name, "dashboard"));
    errors.throwIfAny(`Dashboard ${name}`);
    const body = pulumi
      .output(args.loadBalancerArnSuffix)
      .apply((suffix) => JSON.stringify({ widgets: layOut(widgets(args, suffix), args.region) }));
    const base: cloudwatch.DashboardArgs = { dashboardName: name, dashboardBody: body };
    const dashboard = new cloudwatch.Dashboard(name, args.transform?.(base) ?? base, { parent: this });
    this.url = pulumi.interpolate`https://${args.region}.console.aws.amazon.com/cloudwatch/home#dashboards:name=${dashboard.dashboardName}`;
    this.registerOutputs({ url: this.url });
  }
}

function widgets({ clusterName, containerInsights = true }: DashboardArgs, loadBalancer: string | undefined): Widget[] {
  const byService = (metric: string, stat: string) =>
    `SEARCH('{AWS/ECS,ClusterName,ServiceName} ClusterName="${clusterName}" MetricName="${metric}"', '${stat}', 300)`;
  const insights = (metric: string, stat: string) =>
    `SEARCH('{ECS/ContainerInsights,ClusterName,ServiceName} ClusterName="${clusterName}" MetricName="${metric}"', '${stat}', 300)`;
  const byTargetGroup = (metric: string, stat: string) =>
    `SEARCH('{AWS/ApplicationELB,TargetGroup,LoadBalancer} LoadBalancer="${loadBalancer}" MetricName="${metric}"', '${stat}', 60)`;
  return [
    { title: "CPU in percent of what is reserved", searches: [byService("CPUUtilization", "Average")], unit: "Percent" },
    { title: "Memory in percent of what is reserved", searches: [byService("MemoryUtilization", "Average")], unit: "Percent" },
    ...(loadBalancer
      ? [
          { title: "Requests per minute", searches: [byTargetGroup("RequestCount", "Sum")] },
          { title: "Answers 5xx per minute", searches: [byTargetGroup("HTTPCode_Target_5XX_Count", "Sum")] },
          { title: "Slowest of 100 requests, in seconds", searches: [byTargetGroup("TargetResponseTime", "p99")] },
          { title: "Unhealthy tasks", searches: [byTargetGroup("UnHealthyHostCount", "Maximum")] },
        ]
      : []),
    ...(containerInsights
      ? [
          { title: "Tasks that run", searches: [insights("RunningTaskCount", "Average")] },
          {
            title: "Right-sizing: CPU units reserved and used",
            searches: [insights("CpuReserved", "Average"), insights("CpuUtilized", "p99")],
            view: "table" as const,
          },
          {
            title: "Right-sizing: memory in MiB reserved and used",
            searches: [insights("MemoryReserved", "Average"), insights("MemoryUtilized", "Maximum")],
            view: "table" as const,
          },
        ]
      : []),
  ];
}

const columns = 2;
const width = 24 / columns;
const height = 7;

function layOut(all: Widget[], region: string) {
  return all.map(({ title, searches, unit, view = "timeSeries" }, index) => ({
    type: "metric",
    x: (index % columns) * width,
    y: Math.floor(index / columns) * height,
    width,
    height,
    properties: {
      title,
      region,
      view,
      period: 300,
      metrics: searches.map((expression, line) => [{ expression, id: `e${line}` }]),
      ...(unit === "Percent" && { yAxis: { left: { min: 0, max: 100 } } }),
    },
  }));
}
