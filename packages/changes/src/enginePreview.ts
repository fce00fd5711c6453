import { coded, UserError } from "@fairlead/model";
import { canonicalType } from "@fairlead/model/awsTypes";
import { isReference, providerUrn, redacted, signatureKey, unknownValue, type Plan, type PlanResource } from "@fairlead/plan";

import { propertyChanges, triggers } from "./comparePlans";
import type { ChangeSet, Operation, PropertyChange, ResourceChange } from "./model";

/** A resource in the engine's words (sdk/go/common/apitype, ResourceV3). */
interface EngineResource {
  urn: string;
  /** What AWS calls it. */
  id?: string;
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
    if (!operation) continue;
    const known = changes.get(step.urn);
    if (!known) changes.set(step.urn, changeOf(step, operation));
    // What a replacement left that broke off: it stands in the state beside the new one, and goes now.
    else if (known.operation === "same" && operation !== "same" && step.oldState)
      changes.set(step.urn, { ...known, operation: "replace", before: toPlan(step.oldState) });
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
  const { steps, diagnostics } = (document ?? {}) as { steps?: EngineStep[]; diagnostics?: unknown };
  // A preview that failed has the steps that came before.
  const errors = listIn(diagnostics)
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => String(message ?? "it does not say why").trim());
  if (errors.length > 0) throw notPreview(file, `the preview failed:\n${errors.join("\n")}`, failedFix);
  if (Array.isArray(steps)) {
    if (steps.every(isStep)) return steps;
    throw notPreview(file, "a step of it has no resource");
  }
  throw notPreview(file, 'it has no "steps"');
}

/** Whether a step says of which stack's resource it is, and what that one is. */
function isStep(step: EngineStep | null): step is EngineStep {
  const isState = (state: EngineResource | null | undefined) =>
    state == null || (typeof state.urn === "string" && typeof state.type === "string");
  const { urn, op, oldState, newState } = step ?? ({} as Partial<EngineStep>);
  const isNamed = typeof urn === "string" && /^urn:pulumi:[^:]+::[^:]+::/.test(urn) && typeof op === "string";
  return isNamed && Boolean(oldState ?? newState) && isState(oldState) && isState(newState);
}

function listIn(diagnostics: unknown): { severity?: unknown; message?: unknown }[] {
  return Array.isArray(diagnostics) ? diagnostics.filter((each): each is object => typeof each === "object" && each !== null) : [];
}

const failedFix = 'Mend what it says. What is protected may go once allowed-changes.yaml allows it: docs/review.md, "What stops it".';

function notPreview(
  file: string,
  why: string,
  fix = "Give it what `pulumi preview --json --show-sames -s <stack>` writes to standard output.",
): UserError {
  return new UserError(`${file}: ${coded("FL2406", `this is no preview of the engine: ${why}.`)}\n  fix: ${fix}`);
}

function changeOf(step: EngineStep, told: Operation): ResourceChange {
  const before = told === "create" ? undefined : step.oldState && toPlan(step.oldState);
  const given = told === "delete" ? undefined : step.newState && toPlan(step.newState);
  const isImported = given && step.op.startsWith("import");
  const after = isImported ? { ...given, options: { ...given.options, import: step.newState?.id ?? "" } } : given;
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
    // The engine gives them in another order each time.
    Object.entries(resource.propertyDependencies ?? {}).map(([key, urns]) => [key, [...(urns ?? [])].sort()]),
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
    type: canonicalType(type),
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
