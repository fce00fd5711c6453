import { nounOf, type ChangeSet } from "@fairlead/changes";
import { packageOf, type PlanOptions, type PlanResource } from "@fairlead/plan";

import { isEqual } from "./arguments/judge";
import type { OneDanger } from "./danger";

type Told = Pick<OneDanger, "severity" | "verb" | "text">;

/**
 * Arguments that something else decides once the resource is there: a scaler, a deployment, AWS's own updates. What programs say of them is for the beginning.
 */
const decidedElsewhere: Readonly<Record<string, readonly string[]>> = {
  "aws:ecs/service:Service": ["desiredCount"],
  "aws:autoscaling/group:Group": ["desiredCapacity"],
  "aws:lb/listenerRule:ListenerRule": ["actions"],
  "aws:lb/targetGroup:TargetGroup": ["port"],
  "aws:servicediscovery/service:Service": ["healthCheckCustomConfig"],
  "aws:elasticache/replicationGroup:ReplicationGroup": ["engineVersion"],
  "aws:ecr/repository:Repository": ["encryptionConfigurations"],
  "aws:dynamodb/table:Table": ["readCapacity", "writeCapacity"],
};

/** What follows from other resource options, and from code that Pulumi runs for a resource. */
export function changedOptions(changes: ChangeSet): OneDanger[] {
  const plugins = pluginsOf(changes.before.resources);
  return changes.resources.flatMap(({ type, name, urn, before, after }) => {
    if (!after) return [];
    const told = [
      ...(before?.custom ? optionChanges(type, before.options, after.options) : []),
      ...(after.custom ? pluginChanges(after, before, plugins) : []),
      ...codeChanges(after, before),
    ];
    return told.map(({ verb, ...rest }) => ({ ...rest, verb: `${verb} ${nounOf(type)}`, name, urn }));
  });
}

/** Packages whose SDK names no place: their plugins come from Pulumi's own. */
const pulumisOwn: ReadonlySet<string> = new Set(["aws", "aws-native", "awsx", "docker", "docker-build", "random", "tls", "command"]);

/** Where plugins of a package come from. */
function pluginsOf(resources: readonly PlanResource[]): ReadonlySet<string> {
  return new Set(resources.map(({ type, options: { pluginDownloadURL = "" } }) => `${packageOf(type)} ${pluginDownloadURL}`));
}

/**
 * Another plugin gets the stack's credentials and carries out what `up` does.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/options/plugindownloadurl/
 */
function pluginChanges({ type, options }: PlanResource, before: PlanResource | undefined, known: ReadonlySet<string>): Told[] {
  const { version, pluginDownloadURL } = options;
  const name = packageOf(type);
  const isKnown = before ? before.options.pluginDownloadURL === pluginDownloadURL : known.has(`${name} ${pluginDownloadURL ?? ""}`);
  if (pluginDownloadURL !== undefined && !isKnown) {
    const text = `A program from ${pluginDownloadURL} gets the stack's credentials and carries out what \`up\` does.`;
    // Packages of others name their own place with each resource: the first one of such a package takes no plugin's place.
    const isOther = before !== undefined || known.has(`${name} `) || pulumisOwn.has(name);
    return [{ severity: isOther ? "opened" : "unknown", verb: "takes a plugin from elsewhere for", text }];
  }
  if (before?.options.pluginDownloadURL !== undefined && pluginDownloadURL === undefined) {
    const text = "The plugin that gets the stack's credentials comes from Pulumi's own place from then on.";
    return [{ severity: "unknown", verb: "takes Pulumi's plugin for", text }];
  }
  if (version === before?.options.version) return [];
  const text = `Another version than the package's own${version === undefined ? " no longer" : `, ${version},`} carries out what \`up\` does with it.`;
  return [{ severity: "unknown", verb: "takes another version of the plugin for", text }];
}

/** Functions of the program that run in `up`, or that change what it asks for. No plan shows what they do. */
function codeChanges(after: PlanResource, before: PlanResource | undefined): Told[] {
  const [was, is] = [before?.options ?? {}, after.options];
  const told: Told[] = [];
  if (!isEqual(was.hooks ?? {}, is.hooks ?? {})) {
    const events = Object.keys(is.hooks ?? was.hooks ?? {});
    const text = is.hooks ? "What they do when `up` comes to it no plan shows." : "What they did when `up` came to it is no longer done.";
    told.push({ severity: "unknown", verb: `runs other functions (${events.join(", ")}) for`, text });
  }
  if (!isEqual(was.transforms ?? [], is.transforms ?? [])) {
    const text = "They change what reaches AWS, and the plan is made without them: compare with the engine's preview.";
    told.push({ severity: "unknown", verb: "has other transforms of", text });
  }
  if (before !== undefined && !isEqual(before.inputs.__provider, after.inputs.__provider)) {
    const text =
      "Its code runs in `up`: in this one if it finds a difference, and when the resource is deleted. No plan shows what it does.";
    told.push({ severity: "unknown", verb: "has another code of", text });
  }
  return told;
}

function optionChanges(type: string, before: PlanOptions, after: PlanOptions): Told[] {
  const told: Told[] = [];
  if (after.deletedWith !== undefined && before.deletedWith !== after.deletedWith) {
    const text = `When ${after.deletedWith.split("::").at(-1)!} goes, Pulumi only forgets it: what AWS doesn't delete along with that stays, and nobody manages it.`;
    told.push({ severity: "lessProtected", verb: "no longer deletes by itself", text });
  }
  if (before.protect && !after.protect) {
    const text = "Until now Pulumi refused to delete or replace it. From then on an `up` may.";
    told.push({ severity: "lessProtected", verb: "no longer protects", text });
  }
  if (before.retainOnDelete && !after.retainOnDelete) {
    const text = "Until now it stayed in AWS when it left the program. From then on it is deleted there.";
    told.push({ severity: "lessProtected", verb: "no longer retains", text });
  }
  const counts = (path: string) => !decidedElsewhere[type]?.includes(/^[^.[]*/.exec(path)![0]);
  const [ignored, ignores] = [before, after].map(({ ignoreChanges = [] }) => ignoreChanges.filter(counts)) as [string[], string[]];
  const lost = ignored.filter((path) => !ignores.includes(path));
  const gained = ignores.filter((path) => !ignored.includes(path));
  if (lost.length > 0) {
    const text = "What it is in AWS may differ from the program by now; `up` sets it back. The engine's preview shows to what.";
    told.push({ severity: "unknown", verb: `no longer ignores changes of ${lost.join(", ")}:`, text });
  }
  if (gained.length > 0) {
    const text = "What the program says of it no longer reaches AWS.";
    told.push({ severity: "unknown", verb: `ignores changes of ${gained.join(", ")}:`, text });
  }
  return told;
}
