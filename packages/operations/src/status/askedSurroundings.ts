import type { ScalableTarget } from "@aws-sdk/client-application-auto-scaling";
import type { Service } from "@aws-sdk/client-ecs";

import { eachOf, inBatches } from "../asking/inBatches";
import type { Sight } from "../asking/sight";
import type { StackClients } from "../aws/stackClients";

/** Most names that a call takes. */
const limits = { alarms: 100, scalableTargets: 50 };

/** An image of a repository, as it is looked for in ECR. */
export interface ImageInRepository {
  repository: string;
  digest: string;
}

/** What is around services: alarms, scaling, images, targets. */
export class AskedSurroundings {
  /** What a digest is tagged never becomes less, and rarely more: `--watch` asks once. */
  private readonly tagsOfImages: Map<string, string[]>;

  /** @param before who asked before, and knows tags */
  constructor(
    private readonly clients: StackClients,
    private readonly sight: Sight,
    before?: AskedSurroundings,
  ) {
    this.tagsOfImages = before?.tagsOfImages ?? new Map<string, string[]>();
  }

  /** Those of the alarms that are on; undefined where they could not be seen. */
  async alarmsThatAreOn(names: readonly string[]): Promise<Set<string> | undefined> {
    if (names.length === 0) return new Set();
    const { DescribeAlarmsCommand } = await import("@aws-sdk/client-cloudwatch");
    const cloudWatch = await this.clients.alarms();
    const found = await this.sight.see("alarms", "cloudwatch:DescribeAlarms", () =>
      inBatches(names, limits.alarms, async (AlarmNames) => {
        const command = new DescribeAlarmsCommand({ AlarmNames, StateValue: "ALARM", MaxRecords: limits.alarms });
        return (await cloudWatch.send(command)).MetricAlarms ?? [];
      }),
    );
    return found && new Set(found.map(({ AlarmName }) => AlarmName!));
  }

  /** What Application Auto Scaling keeps, by resource id; undefined where it could not be seen. */
  async scalableTargets(resourceIds: readonly string[]): Promise<Map<string, ScalableTarget> | undefined> {
    if (resourceIds.length === 0) return new Map();
    const { DescribeScalableTargetsCommand } = await import("@aws-sdk/client-application-auto-scaling");
    const scaling = await this.clients.scaling();
    const found = await this.sight.see("scaling", "application-autoscaling:DescribeScalableTargets", () =>
      inBatches(resourceIds, limits.scalableTargets, async (ResourceIds) => {
        const command = new DescribeScalableTargetsCommand({
          ServiceNamespace: "ecs",
          ScalableDimension: "ecs:service:DesiredCount",
          ResourceIds,
        });
        return (await scaling.send(command)).ScalableTargets ?? [];
      }),
    );
    return found && new Map(found.map((target) => [target.ResourceId!, target]));
  }

  /** Tags of images, by digest. */
  async tagsOf(images: readonly ImageInRepository[]): Promise<ReadonlyMap<string, string[]>> {
    const asked = images.filter(({ digest }) => !this.tagsOfImages.has(digest));
    if (asked.length === 0) return this.tagsOfImages;
    const { DescribeImagesCommand } = await import("@aws-sdk/client-ecr");
    const ecr = await this.clients.ecr();
    await this.sight.see("tags of images", "ecr:DescribeImages", () =>
      eachOf(asked, async ({ repository, digest }) => {
        const command = new DescribeImagesCommand({ repositoryName: repository, imageIds: [{ imageDigest: digest }] });
        const { imageDetails = [] } = await ecr.send(command).catch((error: Error) => {
          if (/^(Image|Repository)NotFoundException$/.test(error.name)) return { imageDetails: [] };
          throw error;
        });
        this.tagsOfImages.set(
          digest,
          imageDetails.flatMap(({ imageTags = [] }) => imageTags),
        );
      }),
    );
    return this.tagsOfImages;
  }

  /** How many targets of each service are healthy, by its name: of the target groups that its load balancers name. */
  async targets(services: readonly Service[]): Promise<Map<string, { healthy: number; others: number }>> {
    const groups = services.flatMap(({ serviceName, loadBalancers = [] }) =>
      loadBalancers.flatMap(({ targetGroupArn, advancedConfiguration }) =>
        [targetGroupArn, advancedConfiguration?.alternateTargetGroupArn].flatMap((arn) => (arn ? [{ name: serviceName!, arn }] : [])),
      ),
    );
    const counts = new Map<string, { healthy: number; others: number }>();
    if (groups.length === 0) return counts;
    const { DescribeTargetHealthCommand } = await import("@aws-sdk/client-elastic-load-balancing-v2");
    const client = await this.clients.loadBalancers();
    await this.sight.see("targets of load balancers", "elasticloadbalancing:DescribeTargetHealth", () =>
      eachOf(groups, async ({ name, arn }) => {
        const command = new DescribeTargetHealthCommand({ TargetGroupArn: arn });
        const { TargetHealthDescriptions = [] } = await client.send(command).catch((error: Error) => {
          if (error.name === "TargetGroupNotFoundException") return { TargetHealthDescriptions: [] };
          throw error;
        });
        // What drains is on its way out.
        const states = TargetHealthDescriptions.flatMap(({ TargetHealth }) => TargetHealth?.State ?? []).filter(
          (state) => state !== "draining",
        );
        const healthy = states.filter((state) => state === "healthy").length;
        const before = counts.get(name) ?? { healthy: 0, others: 0 };
        counts.set(name, { healthy: before.healthy + healthy, others: before.others + states.length - healthy });
      }),
    );
    return counts;
  }
}
