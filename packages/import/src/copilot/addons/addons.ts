import { textOf, type SourceNode } from "../../source/sourceNode";
import { permissionAdvice } from "../permissionAdvice";
import type { AddonArgs } from "./addonArgs";
import { declaredData } from "./declaredData";
import { importedIn, type AddonData, type Exported, type Exports } from "./exports";
import { isEncryptionOf } from "./encryptionKeys";
import { partOf, tellOutput } from "./outputs";
import { otherOutput, type OutputVariable } from "./otherOutputs";
import { storedParameter, type StoredParameter } from "./storedParameters";
import { subscriptionsOf } from "./subscriptions";
import { permittedByData, taskPolicy, type Permissions } from "./taskPolicy";
import { mentions, Template, type Resource } from "./template";

const ofKey = "the data is encrypted with the environment's key, or with AWS's own where it has none.";

/** Resources that data brings along by itself, or doesn't need. */
const belonging =
  /SecurityGroup(?:Ingress|Egress)?$|SubnetGroup$|ParameterGroup$|::SecretTargetAttachment$|BucketPolicy$|QueuePolicy$|TopicPolicy$|::MountTarget$|::AccessPoint$|OptionGroup$/;

/** What an addon is here. */
export interface AddonParts {
  data: AddonData[];
  /** What it exports of them. */
  exports: Exports;
  /** Data of the environments that its service is bound to, as its policies and outputs are of it. */
  bound: AddonData[];
  /** What its policies permit the service's program, besides what data brings. */
  permissions: Permissions;
  /** Parameters that hold what a binding to its data brings. */
  parameters: StoredParameter[];
  /** Variables of its service that are of no data. */
  variables: OutputVariable[];
}

/** Takes an addon over, and says what becomes of each of its resources. */
export function addonParts(root: SourceNode, args: AddonArgs): AddonParts {
  const { service } = args;
  const permitted: Permissions[] = [];
  const permissions: Permissions = (environment) => permitted.flatMap((each) => each(environment));
  const exports = new Map<string, Exported>();
  const bound = new Map<string, AddonData>();
  const parameters: StoredParameter[] = [];
  const variables: OutputVariable[] = [];
  if (root.kind !== "map") return { data: [], exports, bound: [], permissions, parameters, variables };
  const template = new Template(root, args.parameters);
  const data = new Map<string, AddonData>();
  for (const resource of template.resources.values()) {
    const need = declaredData(template, resource, args);
    if (need) data.set(resource.id, need);
  }
  const outputs = template.outputs();
  for (const resource of template.resources.values()) {
    if (data.has(resource.id)) continue;
    const isOfTask = resource.type === "AWS::IAM::ManagedPolicy" && outputs.some(({ value }) => mentions(value, resource.id));
    if (service !== undefined && isOfTask) permitted.push(taskPolicy(template, resource, data, bound, { ...args, service }));
    else {
      const parameter = storedParameter(template, resource, data, args);
      if (parameter) parameters.push(parameter);
      else others(template, resource, data, args);
    }
  }
  for (const output of outputs) {
    const { of, value, exported } = output;
    const imported = service === undefined ? undefined : importedIn(args.exports, value);
    const own = imported?.data ?? (of === undefined ? undefined : data.get(of)) ?? ofSecret(template, value, data);
    const type = of === undefined ? "" : template.resources.get(of)!.type;
    const isGroup = type === "AWS::EC2::SecurityGroup";
    const guarded = own ?? (isGroup ? [...data.values()][0] : undefined);
    const part = own && (imported ? imported.part : partOf(own.kind, output, type));
    if (guarded && exported) exports.set(exported, { data: guarded, part, opensData: isGroup });
    if (isGroup || /Policy$/.test(type) || service === undefined) continue;
    if (!own) {
      const variable = of === undefined ? otherOutput(template, output, { ...args, service }) : undefined;
      if (variable) variables.push(variable);
      continue;
    }
    if (imported) bound.set(own.name, own);
    tellOutput(output, own, part, { ...args, service });
  }
  return { data: [...data.values()], exports, bound: [...bound.values()], permissions, parameters, variables };
}

function others(template: Template, resource: Resource, data: ReadonlyMap<string, AddonData>, { service, claims }: AddonArgs): void {
  const { id, type, place, node } = resource;
  const [topic, asked] =
    [...data].find(([other]) => subscriptionsOf(template, other).some((each) => each.email && each.resource.id === id)) ?? [];
  if (topic !== undefined) {
    const text = "AWS asks the address anew whether it wants the messages.";
    claims.say({ outcome: "changed", place, source: `${id} (${type})`, service, to: `stacks/data.ts: ${asked!.name}`, text });
    return;
  }
  const owner = [...data].find(([other]) => mentions(node, other))?.[1];
  const isMember = type === "AWS::RDS::DBInstance" && owner !== undefined;
  const isSecretOfData =
    type === "AWS::SecretsManager::Secret" &&
    [...template.resources.values()].some((other) => data.has(other.id) && mentions(other.node, id));
  const isPermission = /^AWS::IAM::(?:ManagedPolicy|Policy)$/.test(type);
  const isKeyOfData = isEncryptionOf(template, resource, data.keys());
  if (
    isMember ||
    isKeyOfData ||
    isSecretOfData ||
    (belonging.test(type) && data.size > 0) ||
    (isPermission && owner && onlyOf(template, resource, data))
  ) {
    const text = isPermission ? permittedByData : isKeyOfData ? ofKey : "data brings its own.";
    claims.say({
      outcome: "changed",
      place,
      source: `${id} (${type})`,
      service,
      to: owner ? `uses: ${owner.name}` : "stacks/data.ts",
      text,
    });
    return;
  }
  claims.say({ outcome: "decide", place, source: `${id} (${type})`, service, text: adviceFor(type) });
}

/** Whether every statement of a policy is about data that is taken over. */
function onlyOf(template: Template, resource: Resource, data: ReadonlyMap<string, AddonData>): boolean {
  const statements = template.property(resource, "PolicyDocument", "Statement");
  const list = statements?.kind === "list" ? statements.items : statements ? [statements] : [];
  return list.every((statement) => {
    const about = statement.kind === "map" ? statement.entries.get("Resource")?.value : undefined;
    const named = about?.kind === "list" ? about.items : about ? [about] : [];
    return named.length > 0 && named.every((each) => [...data.keys()].some((id) => mentions(each, id)));
  });
}

/** A secret's output is of the database that has the secret. */
function ofSecret(template: Template, value: SourceNode | undefined, data: ReadonlyMap<string, AddonData>): AddonData | undefined {
  const id = textOf(value);
  return id === undefined ? undefined : [...data].find(([other]) => mentions(template.resources.get(other)?.node, id))?.[1];
}

const advice: [pattern: RegExp, text: string][] = [
  [
    /^AWS::RDS::DB(?:Cluster|Instance)$/,
    "Its engine is none that is made here: keep it in its stack, and give the service its address and its secret.",
  ],
  [/^AWS::IAM::(?:ManagedPolicy|Policy|Role)$/, permissionAdvice],
];

function adviceFor(type: string): string {
  const own = advice.find(([pattern]) => pattern.test(type))?.[1];
  return own ?? "Keep it in its CloudFormation stack, or write it into the composition with Pulumi's AWS provider.";
}
