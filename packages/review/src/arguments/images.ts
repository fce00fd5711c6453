import { imageLifecycle } from "./imageLifecycle";
import {
  alsoNew,
  harmless,
  harmlessOnes,
  interrupts,
  isEqual,
  isUnknown,
  cantTell,
  lessProtected,
  opened,
  turnedOn,
  whenever,
  type Judge,
  type Judges,
} from "./judge";

const registryWide = "It is the account's, in this region: what another stack set for it, or a person by hand, is gone.";

/** What scans the images of an account's repositories in a region. */
const scanType: Judge = ({ before, after, isNew }) => {
  if (isUnknown(after)) return cantTell;
  if (isNew) return after === "ENHANCED" ? undefined : lessProtected(registryWide);
  return after === "ENHANCED" || isEqual(before, after)
    ? undefined
    : lessProtected("Packages of languages are no longer scanned, nor images again when a vulnerability is found.");
};

/** Images, the repositories that keep them, and what is done with them. */
export const images: Readonly<Record<string, Judges>> = {
  "docker-build:index:Image": {
    push: ({ before, after }) =>
      after === false && before !== false ? interrupts("It is built and not pushed: tasks can't start from it.") : undefined,
    ...harmlessOnes(
      "buildArgs buildOnPreview builder cacheFrom cacheTo context dockerfile exports ignoreSecretsInDiffCalculation labels load network noCache platforms pull registries secrets ssh tags target addHosts exec",
    ),
  },
  "docker-build:index:Index": harmlessOnes("push registry sources tag"),
  "pulumi-nodejs:dynamic/fairlead:ExistingImages": harmlessOnes("build repository tags"),
  "pulumi-nodejs:dynamic/fairlead:DeployedTag": harmlessOnes("image tag"),
  // What is required of images is compared by itself.
  "pulumi-nodejs:dynamic/fairlead:ImageInspection": harmlessOnes("containers platform service admission"),
  "pulumi-nodejs:dynamic/fairlead:PinnedImage": harmlessOnes("image"),
  "pulumi-nodejs:dynamic/fairlead:ImageCopy": harmlessOnes("from to tags"),
  "aws:ecr/repository:Repository": {
    ...harmlessOnes("tags"),
    forceDelete: turnedOn(lessProtected("What is in it no longer keeps AWS from deleting it.")),
    imageTagMutability: ({ after }) => (after === "IMMUTABLE" ? undefined : lessProtected("A tag may be moved to another image.")),
    imageTagMutabilityExclusionFilters: whenever(lessProtected("Other tags may be moved to another image.")),
    imageScanningConfiguration: ({ after }) =>
      (after as { scanOnPush?: boolean } | undefined)?.scanOnPush
        ? undefined
        : lessProtected("Images are no longer scanned when they are pushed."),
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": { policy: imageLifecycle },
  "aws:ecr/repositoryPolicy:RepositoryPolicy": { policy: harmless },
  "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": {
    upstreamRegistryUrl: whenever(opened("Images under its prefix come from another registry: from whoever has that name there.")),
    upstreamRepositoryPrefix: whenever(opened("Images under its prefix come from other repositories: from whoever has that name there.")),
    credentialArn: whenever(interrupts("The registry is asked by other credentials.")),
    customRoleArn: harmless,
  },
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": {
    ...harmlessOnes("description customRoleArn appliedFors resourceTags"),
    encryptionConfigurations: whenever(lessProtected("New repositories are encrypted with another key.")),
    imageTagMutability: ({ after }) =>
      after === "IMMUTABLE" ? undefined : lessProtected("In new repositories a tag may be moved to another image."),
    imageTagMutabilityExclusionFilters: whenever(lessProtected("In new repositories other tags may be moved to another image.")),
    lifecyclePolicy: imageLifecycle,
    repositoryPolicy: whenever(lessProtected("Others may pull from new repositories.")),
  },
  "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": {
    scanType,
    rules: whenever(lessProtected("Other images are scanned, or at other times.")),
  },
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": {
    replicationConfiguration: alsoNew(interrupts("Images are copied to other regions or accounts, or no longer to some.")),
  },
  "aws:ecrpublic/repository:Repository": {
    tags: harmless,
    catalogData: harmless,
    forceDestroy: turnedOn(lessProtected("What is in it no longer keeps AWS from deleting it.")),
  },
};
