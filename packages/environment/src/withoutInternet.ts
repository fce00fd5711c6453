import { ecrRegistry } from "@fairlead/images";
import type { ServiceSpec } from "@fairlead/manifest";
import { coded, parseReference, type DataKind } from "@fairlead/model";
import { collectors, fluentBitImage, logDestinationEndpoint } from "@fairlead/services";

import type { EnvironmentResources } from "./serviceArgs";

/** The endpoints by which tasks reach kinds of data that are not in the VPC. Buckets and tables have gateways in every network. */
const endpointsOfData: Partial<Record<DataKind, string>> = { queue: "sqs", topic: "sns" };

/**
 * What to tell of services in a network without a NAT gateway that need more than its endpoints lead to: images of another registry, and services of
 * AWS's. The service's own image is in ECR.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export function withoutInternet(
  specs: readonly ServiceSpec[],
  { network, settings, data }: Pick<EnvironmentResources, "network" | "settings" | "data">,
): string[] {
  const reachable = network.reachableServices;
  if (!reachable) return [];
  const inPrivateSubnets = specs.filter(({ assignPublicIp }) => !assignPublicIp);
  return inPrivateSubnets.flatMap((spec) => {
    const registries = imagesOfOthers(spec).flatMap((image) => parseReference(image)?.registry ?? []);
    const closed = registries.filter((registry) => ecrRegistry(registry)?.region !== settings.region);
    const kinds = spec.uses.flatMap(({ name }) => data.get(name)?.kind ?? []);
    const needed = [
      ...(spec.tracing ? ["xray"] : []),
      ...(spec.logRouting ? [logDestinationEndpoint(spec.logRouting.options)] : []),
      ...kinds.flatMap((kind) => endpointsOfData[kind] ?? []),
    ];
    const missing = needed.filter((service) => service !== undefined && !reachable.includes(service));
    const parts = [
      ...(closed.length > 0 ? [`images of ${[...new Set(closed)].join(", ")}, so that its tasks would not start`] : []),
      ...(missing.length > 0 ? [`${[...new Set(missing)].join(", ")}: name them in additionalEndpoints`] : []),
    ];
    if (parts.length === 0) return [];
    return [coded("FL2307", `${spec.name} runs where natGateways is "none", and no endpoint leads to ${parts.join("; nor to ")}.`)];
  });
}

/** The images of a service that are not built. */
function imagesOfOthers({ image, sidecars, logRouting, tracing }: ServiceSpec): string[] {
  return [
    ...(image === undefined ? [] : [image]),
    ...Object.values(sidecars).map(({ image }) => image),
    ...(logRouting ? [fluentBitImage] : []),
    ...(tracing ? [collectors[tracing].image] : []),
  ];
}
