import { configFolderOf, type PlanResource } from "@fairlead/plan";
import { PolicyPack, type PolicyResource, type StackValidationArgs, type StackValidationPolicy } from "@pulumi/policy";

import { enforcementOfStack } from "./enforcement";
import { evaluate, type Finding } from "./evaluate";
import { exceptionsIn, type PolicyException } from "./exceptions";
import { rules } from "./rules";

/** The findings of one stack: the engine asks each policy in turn about the same resources. */
const known = new WeakMap<PolicyResource[], Finding[]>();
function findingsOf({ resources }: StackValidationArgs): Finding[] {
  let findings = known.get(resources);
  if (!findings) {
    const stack = resources[0]?.urn.split("::")[0]?.split(":")[2] ?? "";
    findings = evaluate({ stack, resources: resources.map(toPlan) }, exceptionsOf(stack)).findings;
    known.set(resources, findings);
  }
  return findings;
}

/** As the preview takes them: from beside the stack's configuration. The engine tells a pack its stack, and not where the project lies. */
function exceptionsOf(stack: string): PolicyException[] {
  const folder = configFolderOf(stack, __dirname);
  return folder === undefined ? [] : exceptionsIn(folder);
}

/** A resource of the engine's as the plan has it. In a preview, reading what is not known yet throws. */
function toPlan(resource: PolicyResource): PlanResource {
  const inputs: Record<string, unknown> = {};
  for (const key of Object.keys(resource.props)) {
    try {
      inputs[key] = JSON.parse(JSON.stringify(resource.props[key])) as unknown;
    } catch {
      inputs[key] = { $output: `${resource.urn}#${key}` };
    }
  }
  const propertyDependencies = Object.fromEntries(
    Object.entries(resource.propertyDependencies).map(([key, others]) => [key, others.map(({ urn }) => urn)]),
  );
  const { urn, type, name } = resource;
  return { urn, type, name, parent: null, custom: true, inputs, dependencies: [], propertyDependencies, options: {} };
}

// The engine asks for the level before it hands over a resource, and has told the stack by then. The second name is of engines for which a pack's
// runtime is not "nodejs".
const stackOfEngine = process.env.PULUMI_NODEJS_STACK ?? process.env.PULUMI_STACK;
const enforcementLevel = enforcementOfStack(stackOfEngine, __dirname);

new PolicyPack("fairlead", {
  policies: rules.map(({ control, title }): StackValidationPolicy => ({
    name: control.replace(/\./g, "-"),
    description: title,
    enforcementLevel,
    validateStack: (args, reportViolation) => {
      for (const { control: broken, name, problem, fix, urn } of findingsOf(args)) {
        if (broken === control) reportViolation(`${name}: ${problem}. ${fix}`, urn);
      }
    },
  })),
});
