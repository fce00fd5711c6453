/** One account of the sandbox, with an API of AWS and a registry of its own. */
export interface SandboxAccount {
  accountId: string;
  /** Host and port of its registry, named as ECR names it. */
  registryHost: string;
}

export const accountIds = ["123456789012", "210987654321"] as const;
export const region = "us-east-1";

/** Where AWS's own images are, for everybody. */
export const publicRegistry = "public.ecr.aws";

/** Name of an account's private registry. */
export function registryName(accountId: string): string {
  return `${accountId}.dkr.ecr.${region}.amazonaws.com`;
}

export function sandboxAccount(accountId: string, port: number): SandboxAccount {
  return { accountId, registryHost: `${registryName(accountId)}:${port}` };
}

/** What leads the processes of an engine to an account. */
export function accountVariables({ registryHost }: SandboxAccount): NodeJS.ProcessEnv {
  return { FAIRLEAD_SANDBOX_REGISTRY: registryHost };
}
