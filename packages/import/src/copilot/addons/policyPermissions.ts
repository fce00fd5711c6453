import { childOf, textOf, type SourceNode } from "../../source/sourceNode";
import { environmentMark } from "../interpolate";
import { importedIn, type Exports } from "./exports";
import { mentions, type Resource, type Template } from "./template";

/** A statement as `permissions` of service.yaml has it. */
export interface Permission {
  actions: string[];
  resources: string[];
  conditions?: Record<string, Record<string, string[]>>;
}

/** What a policy of the task role is here. */
export interface PolicyPermissions {
  permissions: Permission[];
  /** Statements that nobody can tell without deploying the template, or that no statement of ours says. */
  untold: SourceNode[];
  /** Whether the region or the account is any in them. */
  isWidened: boolean;
}

/** What the names of a template's texts stand for. */
export interface PolicyContext {
  application: string;
  service: string;
  /** Ids of data that is taken over: what `uses` permits by itself. */
  data: Iterable<string>;
  /** What the environments' addons export: of what they declare, the same. */
  exports: Exports;
}

const actionForm = /^[a-z0-9-]+:[A-Za-z0-9*?]+$/;
const resourceForm = /^(?:\*$|arn:)/;
/** Operators that take `*` for anything; to others it is a character. */
const withWildcards = /^(?:ForA(?:ll|ny)Values:)?(?:String(?:Not)?Like|Arn\w+)(?:IfExists)?$/;

/** The statements of a policy, without those that are about data that is taken over. */
export function policyPermissions(template: Template, policy: Resource, context: PolicyContext): PolicyPermissions {
  const found: PolicyPermissions = { permissions: [], untold: [], isWidened: false };
  const data = [...context.data];
  const isOfData = (node: SourceNode) => data.some((id) => mentions(node, id)) || importedIn(context.exports, node) !== undefined;
  for (const statement of listOf(template.property(policy, "PolicyDocument", "Statement"))) {
    const resources = listOf(childOf(statement, "Resource"));
    const others = resources.filter((each) => !isOfData(each));
    if (resources.length > 0 && others.length === 0) continue;
    const texts = new Texts(template, context);
    const permission = permissionOf(statement, others, texts);
    if (permission) {
      found.permissions.push(permission);
      found.isWidened ||= texts.isWidened;
    } else {
      found.untold.push(statement);
    }
  }
  return found;
}

function permissionOf(statement: SourceNode, resources: SourceNode[], texts: Texts): Permission | undefined {
  const said = statement.kind === "map" ? [...statement.entries.keys()] : [];
  const isPlain = said.every((key) => ["Sid", "Effect", "Action", "Resource", "Condition"].includes(key));
  if (!isPlain || texts.of(childOf(statement, "Effect")) !== "Allow") return undefined;
  const actions = texts.all(listOf(childOf(statement, "Action")), actionForm);
  const arns = texts.all(resources, resourceForm);
  const conditions = conditionsOf(childOf(statement, "Condition"), texts);
  if (!actions || !arns || !conditions) return undefined;
  return { actions, resources: arns, ...(Object.keys(conditions).length > 0 && { conditions }) };
}

function conditionsOf(node: SourceNode | undefined, texts: Texts): Permission["conditions"] | undefined {
  const conditions: NonNullable<Permission["conditions"]> = {};
  if (!node) return conditions;
  if (node.kind !== "map") return undefined;
  for (const [operator, { value: keys }] of node.entries) {
    if (keys.kind !== "map" || keys.entries.size === 0) return undefined;
    for (const [key, { value }] of keys.entries) {
      const values = texts.all(listOf(value), /./);
      if (!values || (values.some((each) => each.includes("*")) && !withWildcards.test(operator))) return undefined;
      (conditions[operator] ??= {})[key] = values;
    }
  }
  return conditions;
}

/** Texts of a template, as far as they can be told without deploying it. */
class Texts {
  isWidened = false;

  constructor(
    private readonly template: Template,
    private readonly context: PolicyContext,
  ) {}

  /** All of them, each once; undefined where one can't be told, or hasn't the form, or there is none. */
  all(nodes: SourceNode[], form: RegExp): string[] | undefined {
    const texts = nodes.map((node) => this.of(node));
    return texts.length > 0 && texts.every((text) => text !== undefined && form.test(text)) ? [...new Set(texts as string[])] : undefined;
  }

  of(node: SourceNode | undefined): string | undefined {
    if (!node) return undefined;
    const long = childOf(node, "Fn::Sub");
    const substituted = node.kind === "scalar" && node.tag === "!Sub" ? node : long?.kind === "scalar" ? long : undefined;
    if (substituted) return this.substituted(substituted.text);
    const reference = referenceOf(node);
    return reference !== undefined && ["App", "Name", "Env", "AWS::Region", "AWS::AccountId"].includes(reference)
      ? this.named(reference)
      : this.template.value(node);
  }

  private substituted(text: string): string | undefined {
    const values = [...text.matchAll(/\$\{\s*([^!}\s][^}\s]*)\s*\}/g)].map(([, name]) => this.named(name!));
    if (values.includes(undefined)) return undefined;
    // `${!Name}` is `${Name}`, which IAM fills in.
    return text.replaceAll(/\$\{\s*([^!}\s][^}\s]*)\s*\}/g, () => values.shift()!).replaceAll("${!", "${");
  }

  private named(name: string): string | undefined {
    if (name === "AWS::Partition") return "aws";
    if (name === "AWS::URLSuffix") return "amazonaws.com";
    if (name === "App") return this.context.application;
    if (name === "Name") return this.context.service;
    if (name === "Env") return this.template.environment ?? environmentMark;
    if (!["AWS::Region", "AWS::AccountId"].includes(name)) return this.template.parameter(name);
    this.isWidened = true;
    return "*";
  }
}

/** `Env` of `!Ref Env`. */
function referenceOf(node: SourceNode): string | undefined {
  return node.kind === "scalar" && node.tag === "!Ref" ? node.text : textOf(childOf(node, "Ref"));
}

function listOf(node: SourceNode | undefined): SourceNode[] {
  // What a function is given is no list of values.
  return node?.kind === "list" && !node.tag ? [...node.items] : node ? [node] : [];
}
