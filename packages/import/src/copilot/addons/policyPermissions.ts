import { childOf, type SourceNode } from "../../source/sourceNode";
import { importedIn, type Exports } from "./exports";
import { mentions, type Resource, type Template } from "./template";
import { Texts } from "./texts";

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
  /** Statements that IAM takes none of: their resource is none. */
  refused: SourceNode[];
  /** Actions that nothing is called, so that they permit nothing. */
  unnamed: string[];
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
/** What IAM takes for an action, though none is called so. */
const anyAction = /^[a-z0-9-]+:\S+$/;
const resourceForm = /^(?:\*$|arn:)/;
/** Operators that take `*` for anything; to others it is a character. */
const withWildcards = /^(?:ForA(?:ll|ny)Values:)?(?:String(?:Not)?Like|Arn\w+)(?:IfExists)?$/;

/** The statements of a policy, without those that are about data that is taken over. */
export function policyPermissions(template: Template, policy: Resource, context: PolicyContext): PolicyPermissions {
  const found: PolicyPermissions = { permissions: [], untold: [], refused: [], unnamed: [], isWidened: false };
  const data = [...context.data];
  const isOfData = (node: SourceNode) => data.some((id) => mentions(node, id)) || importedIn(context.exports, node) !== undefined;
  for (const statement of listOf(template.property(policy, "PolicyDocument", "Statement"))) {
    const resources = listOf(childOf(statement, "Resource"));
    const others = resources.filter((each) => !isOfData(each));
    if (resources.length > 0 && others.length === 0) continue;
    const texts = new Texts(template, context);
    const permission = permissionOf(statement, others, texts);
    if (permission) {
      const named = permission.actions.filter((action) => actionForm.test(action));
      found.unnamed.push(...permission.actions.filter((action) => !named.includes(action)));
      if (named.length > 0) found.permissions.push({ ...permission, actions: named });
      found.isWidened ||= texts.isWidened;
    } else if (others.some((each) => isNoResource(texts.of(each)))) {
      found.refused.push(statement);
    } else {
      found.untold.push(statement);
    }
  }
  return found;
}

function isNoResource(text: string | undefined): boolean {
  return text !== undefined && !resourceForm.test(text);
}

function permissionOf(statement: SourceNode, resources: SourceNode[], texts: Texts): Permission | undefined {
  const said = statement.kind === "map" ? [...statement.entries.keys()] : [];
  const isPlain = said.every((key) => ["Sid", "Effect", "Action", "Resource", "Condition"].includes(key));
  if (!isPlain || texts.of(childOf(statement, "Effect")) !== "Allow") return undefined;
  const actions = texts.all(listOf(childOf(statement, "Action")), anyAction);
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

function listOf(node: SourceNode | undefined): SourceNode[] {
  // What a function is given is no list of values.
  return node?.kind === "list" && !node.tag ? [...node.items] : node ? [node] : [];
}
