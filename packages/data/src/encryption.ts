import type { Statement } from "@fairlead/foundation";
import type * as pulumi from "@pulumi/pulumi";

/** What a caller needs of the key that encrypts what it reads and writes; nothing where AWS's own key does. */
export function keyStatements(kmsKeyArn: pulumi.Input<string> | undefined): Statement[] {
  return kmsKeyArn ? [{ Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: kmsKeyArn }] : [];
}
