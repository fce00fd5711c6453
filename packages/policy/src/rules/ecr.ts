import { each, expectInput, type Rule } from "../rule";

const repository = "aws:ecr/repository:Repository";

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html */
export const ecrRules: Rule[] = [
  each("ECR.1", "Images are scanned", repository, (resource, plan) => {
    const ofRegistry = plan.ofType("aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration").length > 0;
    return ofRegistry || plan.read(resource, "imageScanningConfiguration.scanOnPush") === true
      ? undefined
      : { problem: "scanOnPush is not true, and the registry has no scanning rules", fix: "Set scanOnPush to true." };
  }),
  expectInput("ECR.2", "Tags can't be moved", repository, "imageTagMutability", ["IMMUTABLE"], "Set imageTagMutability to IMMUTABLE."),
  each("ECR.3", "Repositories have a lifecycle policy", repository, (resource, plan) =>
    plan.attachedTo(resource, "aws:ecr/lifecyclePolicy:LifecyclePolicy", "repository").length > 0
      ? undefined
      : { problem: "it has no lifecycle policy: images are kept, and paid, for ever", fix: "Give it a LifecyclePolicy." },
  ),
  expectInput(
    "ECR.5",
    "Images are encrypted with a key of ours",
    repository,
    "encryptionConfigurations.0.encryptionType",
    ["KMS"],
    "Give it kmsKeyArn.",
  ),
];
