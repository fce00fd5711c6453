import { isDeepStrictEqual } from "node:util";
import { AwsAccess } from "@fairlead/foundation/awsAccess";
import { ImageError, inTurn } from "@fairlead/images";
import { findingOf, formatFindings, inspectImage, type ContainerSettings, type InspectedContainer } from "@fairlead/inspection";
import type { dynamic } from "@pulumi/pulumi";

interface ImageInspectionProperties {
  service: string;
  platform: string;
  containers: Record<string, ContainerSettings & { image: string }>;
}

const aws = new AwsAccess();
const ecr = (region: string) => aws.clientConfig("ecr", region);

/** Inspections at a time: each keeps one core busy. */
const inspections = inTurn(2);

/** Inspects when the images of a task, or how they are run, are other ones. Nothing is to be deleted. */
export const provider: dynamic.ResourceProvider = {
  configure: aws.configure,
  diff: (_id, olds: ImageInspectionProperties, news: ImageInspectionProperties) =>
    Promise.resolve({ changes: olds.platform !== news.platform || !isDeepStrictEqual(olds.containers, news.containers) }),
  create: async (inputs: ImageInspectionProperties) => ({ id: inputs.service, outs: await inspectTask(inputs) }),
  update: async (_id, _olds, news: ImageInspectionProperties) => ({ outs: await inspectTask(news) }),
};

async function inspectTask(inputs: ImageInspectionProperties) {
  const { service, platform, containers } = inputs;
  const inspected = await Promise.all(
    Object.entries(containers).map(([container, { image, ...run }]) =>
      inspections(() => inspectContainer({ service, container }, image, platform, run)),
    ),
  );
  const findings = formatFindings(inspected, "dies");
  if (findings.length > 0) {
    throw new Error(
      [`${service} would not run. Its task definition was left as it is, and what runs keeps running.`, ...findings].join("\n\n"),
    );
  }
  const healthChecks = inspected.flatMap(({ container, report }) => {
    const { healthCheck } = report.platforms[0]!;
    return healthCheck ? [[container, healthCheck] as const] : [];
  });
  return { ...inputs, healthChecks: Object.fromEntries(healthChecks), warnings: formatFindings(inspected, "may") };
}

async function inspectContainer(
  named: { service: string; container: string },
  image: string,
  platform: string,
  run: ContainerSettings,
): Promise<InspectedContainer & { container: string }> {
  try {
    return { ...named, report: await inspectImage(image, { platforms: [platform], run, ecr }) };
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    const unread = { platform, layers: 0, size: 0, arguments: [], user: "", findings: [findingOf(error)] };
    return { ...named, report: { image, digest: "", platforms: [unread] } };
  }
}
