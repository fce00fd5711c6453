import type { DataKind } from "@fairlead/model";

import type { Claims } from "../../findings/claims";
import { textOf, type SourceNode } from "../../source/sourceNode";
import type { Finding } from "../../findings/finding";
import { permissionAdvice } from "../permissionAdvice";
import { declarable } from "./dataResources";
import type { AddonArgs } from "./addonArgs";
import { importedIn, type AddonData, type Exported, type Exports } from "./exports";
import { isEncryptionOf } from "./encryptionKeys";
import { partOf, tellOutput } from "./outputs";
import { policyPermissions, type Permission } from "./policyPermissions";
import { mentions, Template, type Resource } from "./template";

const ofKey = "the data is encrypted with the environment's key, or with AWS's own where it has none.";
const permittedByData = "what data under uses needs is permitted by itself.";

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
}

/** What is permitted in an environment; of none, what is said of all. */
type Permissions = (environment: string | undefined) => Permission[];

/** Takes an addon over, and says what becomes of each of its resources. */
export function addonParts(root: SourceNode, args: AddonArgs): AddonParts {
  const { service, claims } = args;
  const permitted: Permissions[] = [];
  const permissions: Permissions = (environment) => permitted.flatMap((each) => each(environment));
  const exports = new Map<string, Exported>();
  const bound = new Map<string, AddonData>();
  if (root.kind !== "map") return { data: [], exports, bound: [], permissions };
  const template = new Template(root, args.parameters);
  const data = new Map<string, AddonData>();
  for (const resource of template.resources.values()) {
    const need = declared(template, resource, service, claims);
    if (need) data.set(resource.id, need);
  }
  const outputs = template.outputs();
  for (const resource of template.resources.values()) {
    if (data.has(resource.id)) continue;
    const isOfTask = resource.type === "AWS::IAM::ManagedPolicy" && outputs.some(({ value }) => mentions(value, resource.id));
    if (service !== undefined && isOfTask) permitted.push(policy(template, resource, data, bound, { ...args, service }));
    else others(template, resource, data, args);
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
    if (!own || isGroup || /Policy$/.test(type) || service === undefined) continue;
    if (imported) bound.set(own.name, own);
    tellOutput(output, own, part, { ...args, service });
  }
  return { data: [...data.values()], exports, bound: [...bound.values()], permissions };
}

/** A policy that Copilot attaches to the task role, as it is an output: what it permits in an environment. */
function policy(
  template: Template,
  resource: Resource,
  data: ReadonlyMap<string, AddonData>,
  bound: Map<string, AddonData>,
  { application, service, claims, exports, environments }: AddonArgs & { service: string },
): Permissions {
  const read = (environment: string | undefined) =>
    policyPermissions(template.in(environment), resource, { application, service, data: data.keys(), exports });
  const all = (environments.length > 0 ? environments : [undefined]).map((environment) => ({ environment, ...read(environment) }));
  const foreign = importedIn(exports, template.property(resource, "PolicyDocument"))?.data;
  if (foreign) bound.set(foreign.name, foreign);
  const [owner = foreign] = [...data].flatMap(([id, own]) => (mentions(resource.node, id) ? [own] : []));
  for (const { environment, permissions, untold, isWidened } of all) {
    const told = { place: resource.place, source: `${resource.id} (${resource.type})`, service };
    const say = (finding: Pick<Finding, "outcome" | "to" | "text">) => claims.say({ ...told, ...finding }, environment);
    const to = permissions.length > 0 ? "permissions" : owner && `uses: ${owner.name}`;
    if (to === undefined && untold.length === 0) say({ outcome: "ignored", text: "it permits nothing." });
    else if (to === undefined) say({ outcome: "decide", text: permissionAdvice });
    else if (permissions.length === 0) say({ outcome: "changed", to, text: permittedByData });
    else if (isWidened) say({ outcome: "changed", to, text: widened });
    else say({ outcome: "exact", to });
    if (to === undefined) continue;
    const source = `${resource.id}.PolicyDocument.Statement`;
    for (const { origin } of untold)
      claims.say({ ...told, place: origin.place, source, outcome: "decide", text: permissionAdvice }, environment);
  }
  return (environment) => read(environment).permissions;
}

const widened = "its ARNs are of any region and account where they named the template's own: write those that you mean.";

function declared(template: Template, resource: Resource, service: string | undefined, claims: Claims): AddonData | undefined {
  const { id, type, place } = resource;
  // An instance of a cluster is part of it.
  const isMember = type === "AWS::RDS::DBInstance" && template.property(resource, "DBClusterIdentifier") !== undefined;
  const found = isMember ? undefined : declarable[type]?.(template, resource);
  if (!found) return undefined;
  const name = dataName(id);
  claims.say({
    outcome: "changed",
    place,
    source: `${id} (${type})`,
    service,
    to: `stacks/data.ts: ${name}`,
    now: found.declaration,
    text: `a new one is made beside the old one, which stays: ${found.move}`,
  });
  for (const [key, node] of template.properties(resource)) {
    if (found.said.includes(key)) continue;
    const text = found.otherwise?.[key];
    if (text !== undefined) {
      claims.say({ outcome: "changed", place: node.origin.place, source: `${id}.${key}`, service, to: `stacks/data.ts: ${name}`, text });
      continue;
    }
    claims.say({
      outcome: "decide",
      place: node.origin.place,
      source: `${id}.${key}`,
      service,
      to: `stacks/data.ts: ${name}`,
      text: "Its declaration has no word for it: set it in a transform, where the data needs it.",
    });
  }
  return {
    name,
    declaration: found.declaration,
    kind: found.declaration.slice(0, found.declaration.indexOf("(")) as DataKind,
    as: {},
  };
}

function others(template: Template, resource: Resource, data: ReadonlyMap<string, AddonData>, { service, claims }: AddonArgs): void {
  const { id, type, place, node } = resource;
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

/** `ordersDBCluster` as `orders`. */
function dataName(id: string): string {
  const short = id.replace(
    /(?:DBCluster|DbCluster|DBInstance|RdsInstance|ReplicationGroup|CacheCluster|Bucket|Table|Queue|Topic|FileSystem|Cluster)$/,
    "",
  );
  const words = (short === "" ? id : short).replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
  const name = words
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 30)
    .replace(/-+$/, "");
  // Buckets and tables have names of three characters at least.
  return name.length < 3 ? `${name}${name === "" ? "" : "-"}data` : name;
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
