import type { FileProblem } from "@fairlead/model";

import type { Claims } from "../findings/claims";
import type { Finding } from "../findings/finding";
import { parseSource } from "../source/parseSource";
import type { SourceFiles } from "../source/sourceFiles";
import { Field } from "../fields/field";
import { childOf, textOf, type SourceNode } from "../source/sourceNode";
import { permissionAdvice } from "./permissionAdvice";
import { serviceName } from "../write/serviceName";
import type { Workload } from "./readManifest";
import { soundHealthChecks } from "./steps/containerPatch";
import { patchTaskDefinition } from "./steps/taskDefinitionOverrides";
import type { Workspace } from "./workspace";

type Meaning = Pick<Finding, "outcome" | "to" | "text">;

const byManifest: Meaning = {
  outcome: "changed",
  to: "secrets",
  text: "the role that starts tasks has permission for the secrets that the manifest names, whatever their tags.",
};

/** Patches whose purpose has its place here, by what of the template they change. */
const meanings: [pattern: RegExp, meaning: Meaning][] = [
  [
    /^\/Resources\/LogGroup\/Properties\/LogGroupName$/,
    { outcome: "changed", text: "logs are in a group of the service in its environment, /fairlead/<environment>/<service>." },
  ],
  [/^\/Resources\/ExecutionRole\/.*\/Condition$/, byManifest],
  [
    /^\/Resources\/Service\/Properties\/NetworkConfiguration\//,
    { outcome: "changed", text: "tasks run in the private subnets of the environment's network, in a security group of their own." },
  ],
  [
    /Tags(?:\/|$)/,
    { outcome: "changed", to: "tags", text: "resources have tags of the service and its environment; others go under tags." },
  ],
  [
    /ContentBasedDeduplication$/,
    { outcome: "changed", to: "stacks/data.ts", text: "a queue in order (FIFO) is declared with fifo: true." },
  ],
  [
    /^\/Resources\/TaskRole\//,
    {
      outcome: "decide",
      text: permissionAdvice,
    },
  ],
];
/** Of the environment's network and load balancer, which are otherwise here. */
const ofEnvironment: typeof meanings = [
  [
    /^\/Resources\/EnvironmentHTTPS?SecurityGroupIngressFromPublicALB(?:\/|$)/,
    { outcome: "changed", text: "the load balancer reaches each service on the port that its requests go to, and on no other." },
  ],
  [
    /^\/Resources\/EnvironmentSecurityGroupIngressFromSelf(?:\/|$)/,
    { outcome: "changed", to: "calls", text: "services reach those that they name under calls, and no others." },
  ],
  [
    /^\/Resources\/(?:PublicLoadBalancer|Cluster)\/Properties\/(?:Name|ClusterName)$/,
    { outcome: "changed", text: "it is called after the environment." },
  ],
  [/^\/Resources\/LogResourcePolicy$/, { outcome: "changed", text: "services' log groups have no such policy." }],
];
const unknown: Meaning = {
  outcome: "decide",
  text: "It changes Copilot's CloudFormation: find the key in docs/service.yaml.md that says the same, or make it in a transform of the stack.",
};
const pipeline: Meaning = {
  outcome: "changed",
  to: ".github/workflows",
  text: "images are built and deployed by GitHub's workflows (docs/workflows.md).",
};

/** Says what becomes of the patches and programs in `overrides` folders, each patch by itself. */
export function overrides(
  workspace: Workspace,
  workloads: readonly Workload[],
  files: SourceFiles,
  claims: Claims,
  problems: FileProblem[],
): void {
  for (const path of workspace.others) {
    const { of, file } = /(?:^|\/)copilot\/(?<of>(?:pipelines\/)?[^/]+)\/overrides\/(?<file>.+)$/.exec(path)?.groups ?? {};
    if (of === undefined || file === undefined) continue;
    const service = of === "environments" || of.startsWith("pipelines/") ? undefined : serviceName(of);
    const isPipeline = of.startsWith("pipelines/");
    if (file === "stack.ts")
      claims.say({ ...(isPipeline ? pipeline : unknown), place: { file: path, line: 1, column: 1 }, source: file, service });
    if (!/^cfn\.patches\.ya?ml$/.test(file)) continue;
    const parsed = parseSource(path, files.read(path) ?? "\0", "FL2901");
    problems.push(...parsed.problems);
    for (const patch of parsed.root?.kind === "list" ? parsed.root.items : []) {
      const target = textOf(childOf(patch, "path")) ?? "";
      const op = textOf(childOf(patch, "op")) ?? "";
      const workload = workloads.find(({ name }) => name === service);
      const value = childOf(patch, "value");
      const to = workload && op !== "remove" ? (patched(workload, target, value) ?? scaled(workload, target, value)) : undefined;
      if (to !== undefined) {
        claims.say({ outcome: "exact", to, place: patch.place, source: `${op} ${target}`, service });
        continue;
      }
      if (opensSecrets(target, value)) {
        claims.say({ ...byManifest, place: patch.place, source: `${op} ${target}`, service });
        continue;
      }
      const meaning = isPipeline ? pipeline : ([...meanings, ...ofEnvironment].find(([pattern]) => pattern.test(target))?.[1] ?? unknown);
      claims.say({ ...meaning, place: patch.place, source: `${op} ${target}`, service });
    }
  }
}

/** Whether a patch permits the role that starts tasks no more than to read secrets. */
function opensSecrets(target: string, value: SourceNode | undefined): boolean {
  if (!/^\/Resources\/ExecutionRole\/Properties\/Policies\/\d+\/PolicyDocument\/Statement\/(?:\d+|-)$/.test(target)) return false;
  const action = childOf(value, "Action");
  const actions = action?.kind === "list" ? action.items.map(textOf) : [textOf(action)];
  const reading = /^(?:ssm:GetParameters?|secretsmanager:GetSecretValue|kms:Decrypt)$/;
  return textOf(childOf(value, "Effect")) === "Allow" && actions.every((each) => each !== undefined && reading.test(each));
}

/** Writes how many messages of a worker's queue there are to be for each task. Gives the key that says it. */
function scaled({ base, environments }: Workload, target: string, value: SourceNode | undefined): string | undefined {
  const messages = Number(textOf(value));
  const isTarget = /^\/Resources\/AutoScalingPolicyEventsQueue\/Properties\/TargetTrackingScalingPolicyConfiguration\/TargetValue$/.test(
    target,
  );
  if (!isTarget || !(messages > 0)) return undefined;
  const scaling = [base, ...environments.values()].filter(({ manifest }) => manifest.scaling !== undefined);
  for (const each of scaling) each.set("scaling.messagesPerTask", messages);
  return scaling.length > 0 ? "scaling.messagesPerTask" : undefined;
}

/** Writes what a patch says of the task definition, as `taskdef_overrides` would. Gives the key that says it. */
function patched({ base, environments }: Workload, target: string, value: SourceNode | undefined): string | undefined {
  const [, path] = /^\/Resources\/TaskDefinition\/Properties\/(.+)$/.exec(target) ?? [];
  if (path === undefined || !value) return undefined;
  const dotted = path.replaceAll(/\/(\d+|-)(?=\/|$)/g, "[$1]").replaceAll("/", ".");
  const said = [base, ...environments.values()].map((translation) => {
    const to = patchTaskDefinition(translation, dotted, new Field(value, ["taskdef_overrides", 0, "value"], translation));
    soundHealthChecks(translation);
    return to;
  });
  return said[0];
}
