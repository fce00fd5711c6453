/** Inputs by which AWS refuses to delete a resource; of a Cognito user pool the value is `ACTIVE`. */
const protections = ["deletionProtection", "enableDeletionProtection", "deletionProtectionEnabled"];

/** Whether AWS refuses to delete a resource with these inputs. */
export function isDeletionProtected(inputs: Record<string, unknown> = {}): boolean {
  return protections.some((input) => inputs[input] === true || inputs[input] === "ACTIVE");
}
