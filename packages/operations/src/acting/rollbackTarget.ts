import type { ServiceDeployment, ServiceDeploymentBrief, ServiceRevision } from "@aws-sdk/client-ecs";
import { digestPattern, UserError } from "@fairlead/model";

import { Sight } from "../asking/sight";
import type { OperatedStack } from "../operatedStack";
import type { ServiceInAws } from "../stack/serviceInAws";
import { AskedServices } from "../status/askedServices";
import { AskedSurroundings } from "../status/askedSurroundings";
import { builtFrom } from "../status/imageTag";
import type { RunningImage } from "../status/model";
import { imageDigestOf } from "../status/serviceStatus";

/** A revision that a service may go back to. */
export interface RollbackTarget {
  image: RunningImage & { digest: string };
  /** ARN of its task definition; undefined where ECS remembers no deployment of the image that ended well. */
  taskDefinitionArn: string | undefined;
  /** Whether it is what serves already. */
  serves: boolean;
  /** Whether what was deployed last has the same image: then it differs by its settings. */
  hasSameImage: boolean;
}

/** Deployments of a page, and pages that are looked through: ECS keeps 90 days, in which a pipeline that tries again makes many. */
const [most, mostPages] = [100, 10];

/** Finds what a service may be rolled back to. */
export class RollbackTargets {
  private readonly sight: Sight;
  private readonly surroundings: AskedSurroundings;

  constructor(
    private readonly stack: Pick<OperatedStack, "inAws" | "clients">,
    private readonly service: ServiceInAws,
  ) {
    this.sight = new Sight(stack.inAws.stack);
    this.surroundings = new AskedSurroundings(stack.clients, this.sight);
  }

  /**
   * What ECS goes back to where it takes a deployment back: the revision that the deployment has come from.
   *
   * @throws UserError where there is none
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html
   */
  async sourceOf({ rollback, sourceServiceRevisions = [], targetServiceRevision }: ServiceDeployment): Promise<RollbackTarget> {
    const sources = sourceServiceRevisions.flatMap(({ arn }) => arn ?? []);
    const source = rollback?.serviceRevisionArn ?? (sources.length > 1 ? await this.lastDeployedWell(sources) : sources[0]);
    const revisions = await this.revisions([source, targetServiceRevision?.arn]);
    return this.before(revisions.get(source ?? ""), revisions.get(targetServiceRevision?.arn ?? ""));
  }

  /**
   * What was deployed well before what was deployed last. Where ECS took that back itself, it is what serves.
   *
   * @throws UserError where there is none
   */
  async previous(): Promise<RollbackTarget> {
    const deployments = await this.deployments();
    const last = deployments[0]?.targetServiceRevisionArn;
    const revisions = await this.revisions([last, ...deployedWell(deployments)]);
    const failed = revisions.get(last ?? "");
    const earlier = deployments.find(({ status, targetServiceRevisionArn: arn = "" }) => {
      const definition = revisions.get(arn)?.taskDefinition;
      return status === "SUCCESSFUL" && arn !== last && definition !== undefined && definition !== failed?.taskDefinition;
    });
    return this.before(revisions.get(earlier?.targetServiceRevisionArn ?? ""), failed);
  }

  /** Of revisions that served at once the one that ECS completed last: to that it goes back. */
  private async lastDeployedWell(arns: readonly string[]): Promise<string | undefined> {
    const deployments = await this.deployments();
    return deployments.find(({ status, targetServiceRevisionArn: arn = "" }) => status === "SUCCESSFUL" && arns.includes(arn))
      ?.targetServiceRevisionArn;
  }

  private async before(revision: ServiceRevision | undefined, failed: ServiceRevision | undefined): Promise<RollbackTarget> {
    if (!revision) {
      throw new UserError(
        `ECS remembers no earlier deployment of ${this.service.name} that ended well: name an image, --to <tag or digest>.`,
      );
    }
    const digest = this.digestOf(revision);
    if (digest === undefined)
      throw new UserError(`ECS doesn't say which image ${this.service.name} ran before: name one, --to <tag or digest>.`);
    return this.target(digest, revision, digest === this.digestOf(failed));
  }

  /**
   * An image by its tag or digest.
   *
   * @throws UserError where the service's repository doesn't have it
   */
  async named(to: string): Promise<RollbackTarget> {
    const digest = digestPattern.test(to) ? to : await this.digestOfTag(to);
    const deployments = await this.deployments();
    const revisions = await this.revisions(deployedWell(deployments));
    const earlier = deployments.find(
      ({ status, targetServiceRevisionArn }) =>
        status === "SUCCESSFUL" && this.digestOf(revisions.get(targetServiceRevisionArn!)) === digest,
    );
    return this.target(digest, revisions.get(earlier?.targetServiceRevisionArn ?? ""));
  }

  private async target(digest: string, revision: ServiceRevision | undefined, hasSameImage = false): Promise<RollbackTarget> {
    const { repository = "", name } = this.service;
    const tags = await this.surroundings.tagsOf([{ digest, repository }]);
    this.sight.insist();
    const own = tags.get(digest) ?? [];
    if (own.length === 0) throw new UserError(`${repository} has no ${digest} with a tag: there is nothing to roll ${name} back to.`);
    const asked = new AskedServices(this.service.cluster ?? "", this.stack.clients, this.sight);
    const service = (await asked.services([this.service.serviceName]))?.get(this.service.serviceName);
    this.sight.insist();
    if (!service) throw new UserError(`${name} is not there: \`pulumi up -s ${this.stack.inAws.stack}\` brings it out.`);
    const isWhole = (service.currentServiceRevisions ?? []).length <= 1;
    const serves = isWhole && revision?.taskDefinition !== undefined && service.taskDefinition === revision.taskDefinition;
    return { image: { ...builtFrom(digest, own), digest }, taskDefinitionArn: revision?.taskDefinition, serves, hasSameImage };
  }

  private async deployments() {
    const { ListServiceDeploymentsCommand } = await import("@aws-sdk/client-ecs");
    const { cluster, serviceName } = this.service;
    const ecs = await this.stack.clients.ecs();
    const found: ServiceDeploymentBrief[] = [];
    await this.sight.seeWhere("earlier deployments", "ecs:ListServiceDeployments", ["ServiceNotFoundException"], async () => {
      let nextToken: string | undefined;
      let pages = 0;
      do {
        const command = new ListServiceDeploymentsCommand({ cluster, service: serviceName, maxResults: most, nextToken });
        const page = await ecs.send(command);
        found.push(...(page.serviceDeployments ?? []));
        ({ nextToken } = page);
      } while (nextToken !== undefined && ++pages < mostPages);
    });
    this.sight.insist();
    return found.sort((a, b) => Number(b.createdAt) - Number(a.createdAt));
  }

  private async revisions(arns: readonly (string | undefined)[]) {
    const asked = new AskedServices(this.service.cluster ?? "", this.stack.clients, this.sight);
    const revisions = await asked.revisions([...new Set(arns.flatMap((arn) => arn ?? []))]);
    this.sight.insist();
    return revisions;
  }

  private digestOf(revision: ServiceRevision | undefined): string | undefined {
    return imageDigestOf(this.service, revision);
  }

  /** An image of a single platform has its architecture behind the tag that people know. */
  private async digestOfTag(tag: string): Promise<string> {
    const { DescribeImagesCommand } = await import("@aws-sdk/client-ecr");
    const { repository } = this.service;
    const ecr = await this.stack.clients.ecr();
    for (const imageTag of [tag, `${tag}-arm64`, `${tag}-amd64`]) {
      const found = await this.sight.seeWhere(
        "images",
        "ecr:DescribeImages",
        ["ImageNotFoundException", "RepositoryNotFoundException"],
        () => ecr.send(new DescribeImagesCommand({ repositoryName: repository, imageIds: [{ imageTag }] })),
      );
      this.sight.insist();
      const digest = found?.imageDetails?.[0]?.imageDigest;
      if (digest !== undefined) return digest;
    }
    throw new UserError(
      `${repository} has no image with the tag ${tag}. \`fairlead history ${this.service.name} -s ${this.stack.inAws.stack}\` lists what was deployed.`,
    );
  }
}

/** ARNs of the revisions that came out. */
function deployedWell(deployments: readonly ServiceDeploymentBrief[]): (string | undefined)[] {
  return deployments.flatMap(({ status, targetServiceRevisionArn }) => (status === "SUCCESSFUL" ? [targetServiceRevisionArn] : []));
}
