import type { Configuration } from "./configuration";
import type { Place } from "./place";

/** What of the repository the steps depend on. */
export interface Surroundings {
  /** Whether there is a stack that makes the roles of the workflows. */
  hasAccess: boolean;
  hasWorkflow: boolean;
  /** Whether the environment after the new one takes over the images of the one before it. */
  isPassedOver: boolean;
}

/** What a person does after an environment's files are written, in this order. */
export function nextSteps({ name, from, after, before }: Place, configuration: Configuration, surroundings: Surroundings): string {
  const { secrets, ofOtherPlace, region, account, promoteFrom } = configuration;
  const steps: [step: string, why: string][] = [];
  steps.push([`pulumi stack init ${name}`, `with the credentials of ${account === undefined ? "its account" : `account ${account}`}`]);
  const place = account === undefined ? region : `${region}, account ${account}`;
  for (const key of ofOtherPlace)
    steps.push([`pulumi config set ${key} <arn> -s ${name}`, `one of ${place}: ${from}'s lies elsewhere, and was not copied`]);
  for (const key of secrets) steps.push([`pulumi config set --secret ${key} -s ${name}`, `${from} has one, which nobody else can decrypt`]);
  steps.push([`npx fairlead preview ${name}`, "the plan, without credentials"]);
  if (promoteFrom !== undefined)
    steps.push([`npx fairlead promote --all --from ${promoteFrom} --to ${name}`, `until then it takes over what ${from} was promoted`]);
  const elsewhere =
    account === undefined ? "" : `; a stack like it in account ${account}, where access is in another one: docs/workflows.md`;
  if (surroundings.hasAccess) steps.push(["pulumi up -s access", `makes the role that deploys ${name}${elsewhere}`]);
  if (surroundings.hasWorkflow)
    steps.push([
      `GitHub: an environment ${name} with AWS_DEPLOY_ROLE`,
      `without it deploy.yml stops there${before ? `, and ${before} is not reached` : ""}`,
    ]);
  steps.push([`pulumi up -s ${name}`, "or merge, and deploy.yml does it"]);
  if (surroundings.isPassedOver)
    steps.push([
      `pulumi config set promoteFrom ${name} -s ${before}`,
      `if ${before} shall take over what runs in ${name}, no longer in ${after}`,
    ]);
  const width = Math.max(...steps.map(([step]) => step.length));
  return `\nNext (more in docs/environments.md):\n${steps.map(([step, why]) => `  ${step.padEnd(width)}  ${why}`).join("\n")}`;
}
