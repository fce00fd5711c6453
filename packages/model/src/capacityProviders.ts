/** AWS's own capacity providers, which every cluster has. */
export const fargateCapacityProviders = ["FARGATE", "FARGATE_SPOT"] as const;

/** Whether a capacity provider is one of AWS's own two; others are the cluster's. */
export function isFargate(capacityProvider: string): boolean {
  return (fargateCapacityProviders as readonly string[]).includes(capacityProvider);
}
