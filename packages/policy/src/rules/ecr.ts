import { each, expectInput, type Rule } from "../rule";

const repository = "aws:ecr/repository:Repository";

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html */
export const ecrRules: Rule[] = [
  each("ECR.1", "Images are scanned", repository, "Set scanOnPush to true.", (resource, plan) => {
    const ofRegistry = plan.ofType("aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration").length > 0;
    return ofRegistry || plan.read(resource, "imageScanningConfiguration.scanOnPush") === true
      ? undefined
      : "scanOnPush is not true, and the registry has no scanning rules";
  }),
  expectInput("ECR.2", "Tags can't be moved", repository, "imageTagMutability", ["IMMUTABLE"], "Set imageTagMutability to IMMUTABLE."),
  each("ECR.3", "Repositories have a lifecycle policy", repository, "Give it a LifecyclePolicy.", (resource, plan) =>
    plan.attachedTo(resource, "aws:ecr/lifecyclePolicy:LifecyclePolicy", "repository").length > 0
      ? undefined
      : "it has no lifecycle policy: images are kept, and paid, for ever",
  ),
  expectInput(
    "ECR.5",
    "Images are encrypted with a key of ours",
    repository,
    "encryptionConfigurations.0.encryptionType",
    ["KMS"],
    "Give it kmsKeyArn before it is created.",
  ),
];
