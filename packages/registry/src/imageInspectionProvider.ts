import { isDeepStrictEqual } from "node:util";
import { admit, formatAdmission, type AdmissionFinding, type ImageAdmission } from "@fairlead/admission";
import { AwsAccess } from "@fairlead/foundation/awsAccess";
import { ImageError, inTurn } from "@fairlead/images";
import { findingOf, formatFindings, inspectImage, type ContainerSettings, type InspectedContainer } from "@fairlead/inspection";
import type { dynamic } from "@pulumi/pulumi";

interface ImageInspectionProperties {
  service: string;
  platform: string;
  containers: Record<string, ContainerSettings & { image: string }>;
  admission?: ImageAdmission;
}

const aws = new AwsAccess();
const ecr = (region: string) => aws.clientConfig("ecr", region);

/** Inspections at a time: each keeps one core busy. */
const inspections = inTurn(2);

/** Inspects when the images of a task, how they are run, or what is required of them are other ones. Nothing is to be deleted. */
export const provider: dynamic.ResourceProvider = {
  configure: aws.configure,
  diff: (_id, olds: ImageInspectionProperties, news: ImageInspectionProperties) =>
    Promise.resolve({
      changes:
        olds.platform !== news.platform ||
        !isDeepStrictEqual(olds.containers, news.containers) ||
        !isDeepStrictEqual(olds.admission, news.admission),
    }),
  create: async (inputs: ImageInspectionProperties) => ({ id: inputs.service, outs: await inspectTask(inputs) }),
  update: async (_id, _olds, news: ImageInspectionProperties) => ({ outs: await inspectTask(news) }),
};

const ifWrong =
  "If you know better: with unstartableImages: tell in the stack's configuration, `up` says this and goes on (docs/images.md).";

async function inspectTask(inputs: ImageInspectionProperties) {
  const { service, platform, containers, admission } = inputs;
  const [inspected, lacking] = await Promise.all([
    Promise.all(
      Object.entries(containers).map(([container, { image, ...run }]) =>
        inspections(() => inspectContainer({ service, container }, image, platform, run)),
      ),
    ),
    admission ? admit({ service, platform, images: imagesOf(containers) }, admission, { ecr }) : [],
  ]);
  const refused = lacking.filter((finding) => finding.stops && !isTold(finding, inspected));
  const unstartable = formatFindings(inspected, "dies");
  const isOnlyTold = admission?.unstartableImages === "tell";
  const findings = [...(isOnlyTold ? [] : unstartable), ...formatAdmission(refused)];
  if (findings.length > 0) {
    const verdict = unstartable.length > 0 ? "would not run" : "may not run here";
    const head = `${service} ${verdict}. Its task definition was left as it is, and what runs keeps running.`;
    throw new Error([head, ...findings, ...(unstartable.length > 0 ? [ifWrong] : [])].join("\n\n"));
  }
  const healthChecks = inspected.flatMap(({ container, report }) => {
    const { healthCheck } = report.platforms[0]!;
    return healthCheck ? [[container, healthCheck] as const] : [];
  });
  const warnings = [...unstartable, ...formatFindings(inspected, "may"), ...formatAdmission(lacking.filter(({ stops }) => !stops))];
  return { ...inputs, healthChecks: Object.fromEntries(healthChecks), warnings };
}

/** What can't be read of an image both find. */
function isTold({ container, code, problem }: AdmissionFinding, inspected: Awaited<ReturnType<typeof inspectContainer>>[]): boolean {
  const platforms = inspected.filter((each) => each.container === container).flatMap(({ report }) => report.platforms);
  return platforms.some(({ findings }) => findings.some((other) => other.code === code && other.problem === problem));
}

function imagesOf(containers: ImageInspectionProperties["containers"]): Record<string, string> {
  return Object.fromEntries(Object.entries(containers).map(([container, { image }]) => [container, image]));
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
