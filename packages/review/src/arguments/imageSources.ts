/** Repositories of AWS's own, at its public registry and at Docker Hub's. */
const ofAws = /^(public\.ecr\.aws\/(aws-[\w-]+|xray|amazonlinux|amazon-[\w-]+|cloudwatch-agent|ecs|eks)\/|(docker\.io\/)?amazon\/)/;

/** An account's own registry, whichever: who may pull from it says the account. */
const ofAccount = /^\d{12}\.dkr\.ecr(-fips)?\.[\w-]+\.amazonaws\.com(\.cn)?\//;

/** Whether an image comes from a registry of others'. One that is known only after apply is from a repository of the stack. */
export function isForeign(image: unknown): boolean {
  return typeof image === "string" && !image.startsWith("${") && !ofAws.test(image) && !ofAccount.test(image);
}
