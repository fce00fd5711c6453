/** A value that a person puts into Parameter Store, which nothing that is imported has. */
export interface NeededValue {
  /** Name of the parameter. */
  name: string;
  isSecret: boolean;
  /** Services that read it. */
  services: readonly string[];
}

/** The command that puts a value there. */
export function fillCommand({ name, isSecret }: Pick<NeededValue, "name" | "isSecret">): string {
  return `aws ssm put-parameter --type ${isSecret ? "SecureString" : "String"} --name ${name} --value …`;
}
