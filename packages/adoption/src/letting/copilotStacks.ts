import type { Stack } from "@aws-sdk/client-cloudformation";

import type { Asking } from "../found/asking";
import type { Thing } from "../found/thing";

/** A stack of CloudFormation that Copilot made for an application. */
export interface CopilotStack {
  name: string;
  application: string;
  environment?: string;
  /** The service or job that it is of. */
  workload?: string;
  isPipeline: boolean;
  /** Of an environment's: by parameter, the services for which it has what they share. */
  sharers: Readonly<Record<string, readonly string[]>>;
}

const applicationTag = "copilot-application";
const environmentTag = "copilot-environment";
const workloadTag = "copilot-service";

/** Parameters of an environment's stack that list who uses what it shares. */
const shared = ["ALBWorkloads", "InternalALBWorkloads", "EFSWorkloads", "NATWorkloads"];

/**
 * The stacks of the Copilot applications that something of what was found is of; none where none is.
 *
 * @param wanted tags that were asked for: an application and an environment among them leave the others out
 */
export async function copilotStacks(
  { clients, sight }: Asking,
  things: readonly Thing[],
  wanted: Readonly<Record<string, string>>,
): Promise<CopilotStack[]> {
  const applications = new Set(
    [...things.map(({ tags }) => tags[applicationTag]), wanted[applicationTag]].filter((name) => name !== undefined),
  );
  if (applications.size === 0) return [];
  const { paginateDescribeStacks } = await import("@aws-sdk/client-cloudformation");
  const found: CopilotStack[] = [];
  await sight.see("Copilot's stacks, and so the order in which to let go of them", "cloudformation:DescribeStacks", async () => {
    for await (const { Stacks = [] } of paginateDescribeStacks({ client: await clients.cloudFormation() }, {}))
      found.push(...Stacks.flatMap((stack) => copilotStack(stack) ?? []));
  });
  return found.filter(({ application }) => applications.has(application)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Undefined for what is somebody else's, and for addons, which go with the stack that they are nested in. */
function copilotStack({ StackName: name = "", ParentId, Tags = [], Parameters = [] }: Stack): CopilotStack | undefined {
  const tags = Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
  const application = tags[applicationTag];
  if (application === undefined || ParentId !== undefined) return undefined;
  const values = new Map(Parameters.map(({ ParameterKey = "", ParameterValue = "" }) => [ParameterKey, ParameterValue]));
  const sharers = shared.map((parameter) => [parameter, (values.get(parameter) ?? "").split(",").filter((each) => each !== "")] as const);
  return {
    ...{ name, application, environment: tags[environmentTag], workload: tags[workloadTag] },
    isPipeline: "copilot-pipeline" in tags || name.startsWith("pipeline-"),
    sharers: Object.fromEntries(sharers.filter(([, users]) => users.length > 0)),
  };
}
