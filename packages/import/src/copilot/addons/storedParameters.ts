import { bindingParts } from "@fairlead/model";

import type { Finding } from "../../findings/finding";
import { childOf, type SourceNode } from "../../source/sourceNode";
import type { AddonArgs } from "./addonArgs";
import type { AddonData } from "./exports";
import { outputPart } from "./outputPart";
import { escaped, type Resource, type Template } from "./template";
import { Texts } from "./texts";

/** A parameter that holds what a binding to data brings, for services that read it by its name. */
export interface StoredParameter {
  finding: Pick<Finding, "place" | "source" | "service">;
  /** Its name in an environment; of none, what is said of all. */
  nameIn: (environment: string | undefined) => string | undefined;
  data: AddonData;
  part: string;
}

/** What a parameter holds of the template's data; undefined where it is nothing that a binding has. */
export function storedParameter(
  template: Template,
  resource: Resource,
  data: ReadonlyMap<string, AddonData>,
  { application, service }: AddonArgs,
): StoredParameter | undefined {
  if (resource.type !== "AWS::SSM::Parameter") return undefined;
  const value = template.property(resource, "Value");
  for (const [id, own] of data) {
    const part = outputPart(own.kind, id, value) ?? (isUrl(own.kind, id, value) ? "url" : undefined);
    if (part === undefined || !bindingParts(own.kind, own.name).has(part)) continue;
    return {
      finding: { place: resource.place, source: `${resource.id} (${resource.type})`, service },
      nameIn: (environment) => new Texts(template.in(environment), { application, service }).of(template.property(resource, "Name")),
      data: own,
      part,
    };
  }
  return undefined;
}

/** Whether a value is the URL of data: `redis://${sessions.RedisEndpoint.Address}:6379/0`. */
function isUrl(kind: string, id: string, value: SourceNode | undefined): boolean {
  const long = childOf(value, "Fn::Sub");
  const node = value?.kind === "scalar" && value.tag === "!Sub" ? value : long;
  if (node?.kind !== "scalar") return false;
  const host = (attribute: string) => `\\$\\{\\s*${escaped(id)}\\.${attribute}\\s*\\}`;
  const forms: Record<string, string> = {
    cache: `^rediss?://(?:[^/]*@)?${host("(?:RedisEndpoint|PrimaryEndPoint)\\.Address")}(?::[^/]+)?(?:/0?)?$`,
    postgres: `^postgres(?:ql)?://[^/]*@${host("Endpoint\\.Address")}(?::[^/]+)?/[^/]+$`,
  };
  return forms[kind] !== undefined && new RegExp(forms[kind]).test(node.text);
}
