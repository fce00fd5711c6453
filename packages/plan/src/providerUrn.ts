/** URN of the provider in the engine's form of it: the URN, `::`, and its id (pulumi/sdk/go/common/resource/deploy/providers, Reference). */
export function providerUrn(reference: string): string {
  return reference.split("::").slice(0, 4).join("::");
}
