import { coded, UserError } from "@fairlead/model";
import { isReference, providerUrn, redacted, signatureKey, unknownValue, type Plan, type PlanResource } from "@fairlead/plan";

import { propertyChanges, triggers } from "./comparePlans";
import type { ChangeSet, Operation, PropertyChange, ResourceChange } from "./model";

/** A resource in the engine's words (sdk/go/common/apitype, ResourceV3). */
interface EngineResource {
  urn: string;
  type: string;
  custom?: boolean;
  parent?: string;
  inputs?: Record<string, unknown>;
  dependencies?: string[];
  propertyDependencies?: Record<string, string[] | null>;
  protect?: boolean;
  retainOnDelete?: boolean;
  replacementTrigger?: unknown;
  /** Its provider's URN, `::`, and that one's id. */
  provider?: string;
}

interface EngineStep {
  op: string;
  urn: string;
  oldState?: EngineResource;
  newState?: EngineResource;
  diffReasons?: string[];
  replaceReasons?: string[];
  detailedDiff?: Record<string, { kind: string }>;
}

const operations: Record<string, Operation> = {
  same: "same",
  create: "create",
  import: "create",
  update: "update",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
  "import-replacement": "replace",
  delete: "delete",
  "discard-replaced": "replace",
};

/**
 * Reads what `pulumi preview --json --show-sames` printed: what the real engine, with the stack's state and the providers, says would happen.
 * Without `--show-sames` the plans hold only what changes, and so do views of the whole.
 *
 * @param file where the text is from, for the message
 * @throws UserError for another text
 */
export function readEnginePreview(text: string, file: string): ChangeSet {
  const steps = stepsOf(text, file);
  const first = steps[0]?.urn.split("::");
  if (!first) throw notPreview(file, "it has no steps, not even the stack's own");
  const stack = first[0]!.split(":")[2]!;
  const project = first[1]!;
  const changes = new Map<string, ResourceChange>();
  for (const step of steps) {
    const operation = operations[step.op];
    // Reads are of resources that others own.
    if (!operation || changes.has(step.urn)) continue;
    changes.set(step.urn, changeOf(step, operation));
  }
  const resources = [...changes.values()];
  const plan = (side: "before" | "after"): Plan => ({
    version: 1,
    project,
    stack,
    resources: parentsFirst(resources.flatMap((change) => change[side] ?? [])),
    outputs: {},
  });
  return { project, stack, source: "engine", before: plan("before"), after: plan("after"), resources };
}

/** The order of a plan. The engine deletes children before their parents, and tells it in that order. */
function parentsFirst(resources: PlanResource[]): PlanResource[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const placed = new Set<PlanResource>();
  const place = (resource: PlanResource) => {
    if (placed.has(resource)) return;
    const parent = resource.parent === null ? undefined : byUrn.get(resource.parent);
    if (parent) place(parent);
    placed.add(resource);
  };
  resources.forEach(place);
  return [...placed];
}

function stepsOf(text: string, file: string): EngineStep[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw notPreview(file, `it is not JSON (${(error as Error).message})`);
  }
  const { steps, diagnostics } = (document ?? {}) as { steps?: EngineStep[]; diagnostics?: { severity: string; message: string }[] };
  if (Array.isArray(steps)) return steps;
  const errors = (diagnostics ?? []).filter(({ severity }) => severity === "error").map(({ message }) => message.trim());
  throw notPreview(file, errors.length > 0 ? `the preview failed:\n${errors.join("\n")}` : 'it has no "steps"');
}

function notPreview(file: string, why: string): UserError {
  const fix = "Give it what `pulumi preview --json --show-sames -s <stack>` writes to standard output.";
  return new UserError(`${file}: ${coded("FL2406", `this is no preview of the engine: ${why}.`)}\n  fix: ${fix}`);
}

function changeOf(step: EngineStep, told: Operation): ResourceChange {
  const before = told === "create" ? undefined : step.oldState && toPlan(step.oldState);
  const after = told === "delete" ? undefined : step.newState && toPlan(step.newState);
  const { type, name, custom } = (after ?? before)!;
  // The engine updates a component whose inputs differ. As in the comparison of two plans, what happens to it happens to its children.
  const operation = before && after && !custom ? "same" : told;
  const properties = before && after && operation !== "same" ? propertiesOf(step, before, after) : [];
  return { urn: step.urn, type, name, operation, before, after, properties };
}

/** What differs between the inputs, as far as the provider finds that it does: it overlooks some of it, such as a registry's password. */
function propertiesOf(step: EngineStep, before: PlanResource, after: PlanResource): PropertyChange[] {
  const detailed = Object.entries(step.detailedDiff ?? {});
  const reasons = new Set([...(step.diffReasons ?? []), ...detailed.map(([path]) => path)].map(words));
  const replacing = [...(step.replaceReasons ?? []), ...detailed.filter(([, { kind }]) => kind.endsWith("replace")).map(([path]) => path)];
  const topLevel = (path: string) => path.split(".")[0]!;
  const told = new Set([...reasons].map(topLevel));
  const replacingNames = new Set(replacing.map(words).map(topLevel));
  const found = propertyChanges(before, after, isReference)
    .filter(({ path }) => told.size === 0 || told.has(topLevel(path)))
    .map((change) => ({ ...change, replaces: replacingNames.has(topLevel(change.path)) }));
  const shown = new Set(found.map(({ path }) => topLevel(path)));
  const others = [...told].filter((path) => !shown.has(path) && !path.startsWith("__"));
  return [
    ...found,
    ...triggers(before, after, isReference),
    ...others.map((path) => ({ path, before: undefined, after: undefined, knownAfterApply: true, replaces: replacingNames.has(path) })),
  ];
}

/** `exports[0].registry` → `exports.0.registry` */
function words(path: string): string {
  return path.replace(/\[(?:"([^"]*)"|(\d+))\]/g, ".$1$2").replace(/^\./, "");
}

function toPlan(resource: EngineResource): PlanResource {
  const { urn, type, inputs = {}, dependencies } = resource;
  const propertyDependencies = Object.fromEntries(
    Object.entries(resource.propertyDependencies ?? {}).map(([key, urns]) => [key, urns ?? []]),
  );
  const options = {
    ...(resource.protect && { protect: true }),
    ...(resource.retainOnDelete && { retainOnDelete: true }),
    // The engine makes one called so for each version of a provider that has none of its own in the program.
    ...(resource.provider && !/::default(_[^:]*)?::/.test(resource.provider) && { provider: providerUrn(resource.provider) }),
    ...(resource.replacementTrigger != null && { replacementTrigger: toModelValue(resource.replacementTrigger, urn) }),
  };
  return {
    urn,
    type,
    name: urn.split("::").at(-1)!,
    parent: resource.parent || null,
    custom: resource.custom ?? false,
    inputs: Object.fromEntries(
      Object.entries(inputs)
        .filter(([key]) => !key.startsWith("__"))
        .map(([key, value]) => [key, toModelValue(value, propertyDependencies[key]?.[0] ?? urn)]),
    ),
    dependencies: [...(dependencies ?? [])].sort(),
    propertyDependencies,
    options,
  };
}

/** The engine does not say which attribute an unknown value is, only whose. */
function toModelValue(value: unknown, origin: string): unknown {
  if (value === unknownValue) return { $output: `${origin}#…` };
  if (Array.isArray(value)) return value.map((item) => toModelValue(item, origin));
  if (value === null || typeof value !== "object") return value;
  if (signatureKey in value) return redacted;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "__defaults")
      .map(([key, item]) => [key, toModelValue(item, origin)]),
  );
}
