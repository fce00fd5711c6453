import type { ServiceScene } from "../../../testing/scenes/serviceScene";
import type { Sketch } from "../sketch";
import { parameterArn, secretArn } from "../words";

/** The secrets, parameters and keys that a task starts with, and what IAM decides of its execution role: what the reasons say that it refused. */
export function addSecrets(scene: ServiceScene, sketch: Sketch): void {
  const { state, account } = scene;
  for (const [name, secret] of Object.entries(sketch.secrets ?? {})) {
    if (secret.missing) continue;
    const values = secret.keys ? Object.fromEntries(secret.keys.map((key) => [key, `planted value of ${key}`])) : undefined;
    const rotated = secret.rotatedMinutesAgo === undefined ? undefined : account.clock.ago(secret.rotatedMinutesAgo * 60);
    const Arn = secret.key && account.arn("kms", `key/${secret.key}`);
    if (Arn)
      state.keys.push({
        KeyId: secret.key!,
        Arn,
        Enabled: !secret.keyDisabled,
        KeyState: secret.keyDisabled ? "Disabled" : "Enabled",
        KeyManager: "CUSTOMER",
      });
    state.secrets.push({
      ...{ ARN: secretArn(name), Name: name, values: secret.text ? ("planted text" as never) : values, KmsKeyId: Arn },
      ...{
        CreatedDate: account.clock.ago(90 * 86_400),
        LastChangedDate: rotated ?? account.clock.ago(90 * 86_400),
        LastRotatedDate: rotated,
      },
      ...(rotated && { RotationEnabled: true }),
      ...(secret.deleted && { DeletedDate: account.clock.ago(86_400) }),
      ...((secret.text || secret.keys) && { VersionIdsToStages: { "8d1c5d5f-0000-4000-8000-000000000001": ["AWSCURRENT"] } }),
    });
  }
  for (const [name, is] of Object.entries(sketch.parameters ?? {})) {
    if (is === "there") state.parameters.push({ Name: name, ARN: parameterArn(name), Type: "SecureString", Version: 1 });
  }
  decide(scene, sketch);
}

function decide({ state, executionRoleArn: roleArn }: ServiceScene, { stopped = [] }: Sketch): void {
  for (const { stop, exits = {} } of stopped) {
    const text = [stop![1], ...Object.values(exits).map(([, reason]) => reason)].join("\n");
    for (const [, action, resource] of text.matchAll(/not authorized to perform: (\S+) on resource: (\S+)/g)) {
      state.decisions.push({ roleArn, action: action!, ...(resource !== "*" && { resource }), decision: "implicitDeny" });
    }
    if (!/Access to KMS is not allowed/.test(text)) continue;
    state.decisions.push({ roleArn, action: "kms:Decrypt", decision: "implicitDeny" });
  }
}
