export { ArgumentErrors } from "./argumentErrors";
export type { Binding, VolumeBinding } from "./binding";
export { EncryptionKey, isClosedToAutoScaling, type EncryptionKeyArgs } from "./encryptionKey";
export { logGroupArgs, type LogSettings, type RetentionInDays } from "./logGroup";
export { loadedProvider } from "./loadedProvider";
export { policyDocument, requireTls, type Statement } from "./policyDocument";
export { PrivateBucket, type PrivateBucketArgs } from "./privateBucket";
export { resolved } from "./resolved";
export {
  rolePath,
  roleServices,
  serviceRole,
  trustingRole,
  type RolePermissions,
  type RoleWithPolicies,
  type ServiceRoleArgs,
} from "./serviceRole";
export { secretsManagerSecret, ssmParameter, type SecretOptions, type SecretReference } from "./secretReference";
