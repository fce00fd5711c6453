import type { Finding } from "../../findings/finding";
import { permissionAdvice } from "../permissionAdvice";
import type { AddonArgs } from "./addonArgs";
import { importsIn, type AddonData } from "./exports";
import { policyPermissions, type Permission } from "./policyPermissions";
import { mentions, type Resource, type Template } from "./template";

/** What is permitted in an environment; of none, what is said of all. */
export type Permissions = (environment: string | undefined) => Permission[];

/** What is said of a policy that is about data alone. */
export const permittedByData = "what data under uses needs is permitted by itself.";

/** A policy that Copilot attaches to the task role, as it is an output: what it permits in an environment. */
export function taskPolicy(
  template: Template,
  resource: Resource,
  data: ReadonlyMap<string, AddonData>,
  bound: Map<string, AddonData>,
  { application, service, claims, exports, environments }: AddonArgs & { service: string },
): Permissions {
  const read = (environment: string | undefined) =>
    policyPermissions(template.in(environment), resource, { application, service, data: data.keys(), exports });
  const all = (environments.length > 0 ? environments : [undefined]).map((environment) => ({ environment, ...read(environment) }));
  const foreigners = importsIn(exports, template.property(resource, "PolicyDocument")).map((each) => each.data);
  for (const foreign of foreigners) bound.set(foreign.name, foreign);
  const [owner = foreigners[0]] = [...data].flatMap(([id, own]) => (mentions(resource.node, id) ? [own] : []));
  for (const { environment, permissions, untold, refused, unnamed, isWidened } of all) {
    const told = { place: resource.place, source: `${resource.id} (${resource.type})`, service };
    const source = `${resource.id}.PolicyDocument.Statement`;
    for (const { origin } of refused)
      claims.say({ ...told, place: origin.place, source, outcome: "ignored", text: refusedByIam }, environment);
    for (const was of unnamed)
      claims.say({ ...told, source, was, outcome: "ignored", text: "no action is called so: it permitted nothing." }, environment);
    const say = (finding: Pick<Finding, "outcome" | "to" | "text">) => claims.say({ ...told, ...finding }, environment);
    const to = permissions.length > 0 ? "permissions" : owner && `uses: ${owner.name}`;
    if (to === undefined && untold.length === 0)
      say({ outcome: "ignored", text: refused.length > 0 ? refusedByIam : "it permits nothing." });
    else if (to === undefined) say({ outcome: "decide", text: permissionAdvice });
    else if (permissions.length === 0) say({ outcome: "changed", to, text: permittedByData });
    else if (isWidened) say({ outcome: "changed", to, text: widened });
    else say({ outcome: "exact", to });
    if (to === undefined) continue;
    for (const { origin } of untold)
      claims.say({ ...told, place: origin.place, source, outcome: "decide", text: permissionAdvice }, environment);
  }
  return (environment) => read(environment).permissions;
}

const refusedByIam = "its resource is neither an ARN nor *, which IAM refuses: it was never deployed.";
const widened = "its ARNs are of any region and account where they named the template's own: write those that you mean.";
