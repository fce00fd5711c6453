import { GitHubActionsAccess, OperatorAccess } from "@fairlead/access";
import type { Settings } from "@fairlead/environment";
import { ArgumentErrors } from "@fairlead/foundation";
import * as pulumi from "@pulumi/pulumi";

/**
 * Once for each account, brought out by a person: the roles that the workflows in .github assume. Its outputs are the variables that they read.
 * An account that not every environment lives in names its own: `pulumi config set --path deployEnvironments[0] prod -s access`. Roles for people who look
 * after what runs, where it is said who: `pulumi config set --path operatorArns[0] <arn of a role or user> -s access`.
 */
export default function access({ environmentNames, enginePreviews, permissionsBoundaryArn }: Settings) {
  const config = new pulumi.Config();
  const bucketArn = config.get("stateBucketArn");
  const environments = config.getObject<string[]>("deployEnvironments") ?? [...environmentNames];
  refuseUnknown(environments, environmentNames);
  const { previewRoleArn, driftRoleArn, deployRoleArns } = new GitHubActionsAccess("fairlead", {
    repository: config.require("repository"),
    environments,
    previewEnvironments: enginePreviews.filter((environment) => environments.includes(environment)),
    openIdConnectProviderArn: config.get("openIdConnectProviderArn"),
    permissionsBoundaryArn,
    backend: bucketArn ? { bucketArn, kmsKeyArns: config.getObject("stateKeyArns") } : undefined,
  });
  const trustedArns = config.getObject<string[]>("operatorArns");
  const operators = trustedArns && new OperatorAccess("fairlead-people", { trustedArns, environments });
  return {
    ...(operators && { readRole: operators.readRoleArn, operateRole: operators.operateRoleArn }),
    AWS_PREVIEW_ROLE: previewRoleArn,
    AWS_DRIFT_ROLE: driftRoleArn,
    AWS_DEPLOY_ROLE: deployRoleArns,
  };
}

/** A role that no workflow ever assumes is a door that nobody watches. */
function refuseUnknown(environments: string[], known: readonly string[]): void {
  const errors = new ArgumentErrors();
  for (const [index, name] of environments.entries())
    if (!known.includes(name)) errors.refuse(`deployEnvironments[${index}]`, `"${name}": expected one of ${known.join(", ")}`);
  errors.throwIfAny("Pulumi.access.yaml");
}
