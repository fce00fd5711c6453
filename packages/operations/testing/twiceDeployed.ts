import { digestOf } from "./runningStack";
import { shop, type Shop } from "./shop";

/** The image that served before. */
export const old = { digest: digestOf("old"), tag: "0.9.0-bbbbbbbbbbbb-arm64" };

/** The service `api`, whose revision 6 with the image `old` served before revision 7. */
export function twiceDeployed(): Shop {
  const seen = shop([{ name: "api" }]);
  const { state, clock, arn } = seen.account;
  const [revision, deployment] = [state.serviceRevisions[0]!, state.serviceDeployments[0]!];
  const earlier = arn("ecs", "service-revision/shop/api/6");
  state.serviceRevisions.push({
    ...revision,
    ...{ serviceRevisionArn: earlier, taskDefinition: arn("ecs", "task-definition/shop-api:6") },
    containerImages: [{ containerName: "api", image: `repository@${old.digest}`, imageDigest: digestOf("of the platform") }],
  });
  state.serviceDeployments.push({
    ...deployment,
    ...{ serviceDeploymentArn: "arn:6", createdAt: clock.ago(90_000), targetServiceRevision: { arn: earlier } },
  });
  state.repositories[0]!.images.push({
    imageDigest: old.digest,
    imageTags: [`deployed-${old.tag}`, old.tag],
    manifest: "{}",
    mediaType: "",
  });
  return seen;
}
