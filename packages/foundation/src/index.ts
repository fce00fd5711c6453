export { ArgumentErrors } from "./argumentErrors";
export { variablePrefix, type Access, type Binding, type VolumeBinding } from "./binding";
export { EncryptionKey, type EncryptionKeyArgs } from "./encryptionKey";
export { logGroupArgs, type LogSettings, type RetentionInDays } from "./logGroup";
export { autoNamed, explicitName, fitName, nameProblem, nameRules, type NamedThing, type NameRule } from "./names";
export { assumedBy, policyDocument, requireTls, type Statement } from "./policyDocument";
export { PrivateBucket, type PrivateBucketArgs } from "./privateBucket";
export { resolved } from "./resolved";
export { secretsManagerSecret, ssmParameter, type SecretReference } from "./secretReference";
