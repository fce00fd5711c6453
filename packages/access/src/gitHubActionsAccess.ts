import { ArgumentErrors, policyDocument, trustingRole, type RolePermissions, type Statement } from "@fairlead/foundation";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { deployStatements } from "./deployStatements";
import { driftStatements } from "./driftStatements";
import { previewStatements } from "./previewStatements";
import { keptFromState, readingState, type StateBackend } from "./stateStatements";

export type { StateBackend };

/** Arguments of {@link GitHubActionsAccess}. */
export interface GitHubActionsAccessArgs {
  /** Repository whose workflows get the roles: `owner/name`, nothing else and no pattern. */
  repository: string;
  /** GitHub environments that deploy to this account, such as `["prod"]`. Each gets a role of its own, for the stack of that name. */
  environments: string[];
  /**
   * Those of them whose state the workflows of pull requests may read, to preview them by Pulumi's engine. Whoever may push a branch to the repository can
   * read what is in that state, with its secrets. None by default.
   */
  previewEnvironments?: string[];
  /** Branch whose workflows may look for drift. `main` by default. */
  branch?: string;
  /** ARN of the account's provider for GitHub, where there is one: AWS takes one of them. Made by default. */
  openIdConnectProviderArn?: pulumi.Input<string>;
  /** Where Pulumi keeps state, if in this account. Pulumi Cloud by default, which needs no AWS permission. */
  backend?: StateBackend;
  /**
   * ARN of a policy that every role which a deployment makes must have as its boundary: the environments' stacks set it as `permissionsBoundaryArn`. None
   * by default: then a deployment may give the roles that it makes any permission.
   */
  permissionsBoundaryArn?: pulumi.Input<string>;
  /** Changes the arguments of each role just before it is created. */
  transform?: (args: iam.RoleArgs) => iam.RoleArgs;
}

const issuer = "token.actions.githubusercontent.com";
const audience = "sts.amazonaws.com";

/**
 * Roles that the workflows of one GitHub repository assume by OpenID Connect, so that no key is stored anywhere: `preview` for pull requests of the
 * repository itself (GitHub gives a fork's none), `drift` for its main branch, and one `deploy` role for each environment. An environment's role trusts
 * whatever runs in that GitHub environment: which branches may, and who must agree, is set there. It may touch the roles of the stack of that name, and
 * neither another stack's nor those of this component, which therefore belongs into a stack that is no environment. Instance profiles have no path of their stack:
 * it may delete another stack's, and take the role out of it, but put in none but its own stack's roles.
 *
 * @see https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws
 * @example
 * ```ts
 * new GitHubActionsAccess("shop", { repository: "example/infrastructure", environments: ["staging", "prod"] });
 * ```
 */
export class GitHubActionsAccess extends pulumi.ComponentResource {
  readonly previewRoleArn: pulumi.Output<string>;
  readonly driftRoleArn: pulumi.Output<string>;
  /** By environment. */
  readonly deployRoleArns: Record<string, pulumi.Output<string>>;
  private readonly label: string;

  constructor(
    name: string,
    private readonly args: GitHubActionsAccessArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("fairlead:access:GitHubActionsAccess", name, {}, options);
    this.label = name;
    check(name, args);
    const { repository, environments, branch = "main", previewEnvironments = [], backend, permissionsBoundaryArn } = args;
    const accountId = getCallerIdentityOutput({}, { parent: this }).accountId;
    const provider = args.openIdConnectProviderArn ?? this.makeProvider();
    const preview = this.makeRole("preview", provider, `repo:${repository}:pull_request`, {
      description: `Previews of pull requests of ${repository}`,
      statements: [...previewStatements, ...readingState(backend, previewEnvironments)],
    });
    const drift = this.makeRole("drift", provider, `repo:${repository}:ref:refs/heads/${branch}`, {
      description: `Reads back what ${repository} runs`,
      statements: [...previewStatements, ...driftStatements, ...readingState(backend, environments)],
      // For resources of other types, which a composition may have. Both read descriptions of resources, and no data.
      managedPolicies: ["SecurityAudit", "job-function/ViewOnlyAccess"],
    });
    const deploys = environments.map((environment) => {
      const role = this.makeRole(`deploy-${environment}`, provider, `repo:${repository}:environment:${environment}`, {
        description: `Brings ${repository} out to ${environment}`,
        statements: [
          ...deployStatements({ accountId, stack: environment, permissionsBoundaryArn }),
          ...keptFromState(backend, [...environments.filter((other) => other !== environment), pulumi.getStack()]),
        ],
        managedPolicies: ["PowerUserAccess"],
        maxSessionDuration: 7200,
      });
      return [environment, role.arn] as const;
    });
    this.previewRoleArn = preview.arn;
    this.driftRoleArn = drift.arn;
    this.deployRoleArns = Object.fromEntries(deploys);
    this.registerOutputs({ previewRoleArn: this.previewRoleArn, driftRoleArn: this.driftRoleArn });
  }

  private makeProvider(): pulumi.Output<string> {
    // AWS checks GitHub's certificate by its own list of authorities: a thumbprint is not needed.
    return new iam.OpenIdConnectProvider(this.label, { url: `https://${issuer}`, clientIdLists: [audience] }, { parent: this }).arn;
  }

  private makeRole(
    purpose: string,
    provider: pulumi.Input<string>,
    subject: string,
    permissions: RolePermissions & { maxSessionDuration?: number },
  ): iam.Role {
    const trust: Statement = {
      Effect: "Allow",
      Principal: { Federated: provider },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: { StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: subject } },
    };
    const args = { ...permissions, assumeRolePolicy: policyDocument([trust]), transform: this.args.transform };
    return trustingRole(`${this.label}-${purpose}`, args, { parent: this }).role;
  }
}

function check(name: string, { repository, environments, previewEnvironments = [], branch = "main" }: GitHubActionsAccessArgs): void {
  const errors = new ArgumentErrors();
  // A pattern in a subject would let other repositories in.
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) errors.refuse("repository", `"${repository}": expected owner/name`);
  if (!/^[\w./-]+$/.test(branch)) errors.refuse("branch", `"${branch}": expected one branch, and no pattern`);
  environments.forEach((environment, index) => {
    if (!/^[\w-]+$/.test(environment))
      errors.refuse(`environments[${index}]`, `"${environment}": expected the name of a GitHub environment`);
  });
  previewEnvironments.forEach((environment, index) => {
    if (!environments.includes(environment))
      errors.refuse(`previewEnvironments[${index}]`, `"${environment}": expected one of ${environments.join(", ")}`);
  });
  errors.throwIfAny(`GitHubActionsAccess ${name}`);
}
