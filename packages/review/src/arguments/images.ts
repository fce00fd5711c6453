import { harmless, harmlessOnes, interrupts, lessProtected, turnedOn, unknown, whenever, type Judge, type Judges } from "./judge";

/** How many images, or for how many days, a lifecycle policy keeps. */
const lifecycle: Judge = ({ before, after }) => {
  const counts = (value: unknown) =>
    typeof value === "string" ? [...value.matchAll(/"countNumber":\s*(\d+)/g)].map(([, count]) => Number(count)) : [];
  const [was, is] = [counts(before), counts(after)];
  if (was.length !== is.length) return unknown("Other images expire than before: none that runs may be among them.");
  return is.some((count, index) => count < was[index]!)
    ? interrupts("Images are deleted earlier: a rollback finds fewer of them.")
    : undefined;
};

/** Images, the repositories that keep them, and what is done with them. */
export const images: Readonly<Record<string, Judges>> = {
  "docker-build:index:Image": harmlessOnes(
    "buildArgs buildOnPreview builder cacheFrom cacheTo context dockerfile exports ignoreSecretsInDiffCalculation labels load network noCache platforms pull push registries secrets ssh tags target addHosts exec",
  ),
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
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": { policy: lifecycle },
  "aws:ecr/repositoryPolicy:RepositoryPolicy": { policy: harmless },
  "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": {
    credentialArn: whenever(interrupts("The registry is asked by other credentials.")),
    customRoleArn: harmless,
  },
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": {
    ...harmlessOnes("description customRoleArn appliedFors resourceTags"),
    encryptionConfigurations: whenever(lessProtected("New repositories are encrypted with another key.")),
    imageTagMutability: ({ after }) =>
      after === "IMMUTABLE" ? undefined : lessProtected("In new repositories a tag may be moved to another image."),
    lifecyclePolicy: lifecycle,
    repositoryPolicy: whenever(lessProtected("Others may pull from new repositories.")),
  },
  "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": {
    scanType: ({ after }) =>
      after === "ENHANCED"
        ? undefined
        : lessProtected("Packages of languages are no longer scanned, nor images again when a vulnerability is found."),
    rules: whenever(lessProtected("Other images are scanned, or at other times.")),
  },
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": {
    replicationConfiguration: whenever(interrupts("Images are copied to other regions or accounts, or no longer to some.")),
  },
  "aws:ecrpublic/repository:Repository": {
    tags: harmless,
    catalogData: harmless,
    forceDestroy: turnedOn(lessProtected("What is in it no longer keeps AWS from deleting it.")),
  },
};
