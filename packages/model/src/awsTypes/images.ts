import { dataLoss, interruption, lessProtected, routine, type TypeSheets } from "./sheet";

/** Of the repository that keeps what builds share. */
const buildCacheName = "build-cache";
const imageStays = routine("The image stays in the registry until the lifecycle policy expires it.");
const imagesGo = dataLoss("Its images are deleted with it.");
const staysWithImages = interruption("AWS refuses while there are images in it: `up` ends with an error half-way, and they stay.");

/** Images, the repositories that keep them, and what is done with them. */
export const images: TypeSheets = {
  "docker-build:index:Image": {
    noun: "image",
    replaced: routine("Built and pushed again. The old one stays until the lifecycle policy expires it."),
    deleted: imageStays,
    replacedBy: [],
    // Its `tags` are the image's own, not AWS's.
    taggable: false,
    pricing: "free",
  },
  "docker-build:index:Index": {
    noun: "image index",
    replaced: routine("Another tag. The old one stays until the lifecycle policy expires it."),
    deleted: imageStays,
    replacedBy: ["tag", "registry.address"],
    taggable: false,
    pricing: "free",
  },
  "pulumi-nodejs:dynamic/fairlead:ExistingImages": {
    noun: "look-up of images",
    fingerprints: { build: "how the image is built" },
    replaced: routine("The registry is asked again."),
    deleted: routine("Nothing runs by it."),
    replacedBy: [],
    taggable: false,
    pricing: "free",
  },
  "pulumi-nodejs:dynamic/fairlead:DeployedTag": {
    noun: "tag of a rollout",
    replaced: routine("Tagged again. The old tag stays."),
    deleted: routine("The tag stays: its image is among those that are kept."),
    replacedBy: [],
    taggable: false,
    pricing: "free",
  },
  "pulumi-nodejs:dynamic/fairlead:ImageInspection": {
    noun: "image inspection",
    replaced: routine("The images are inspected again."),
    deleted: routine("Nothing runs by it."),
    replacedBy: [],
    taggable: false,
    pricing: "free",
  },
  "pulumi-nodejs:dynamic/fairlead:PinnedImage": {
    noun: "pinned image",
    replaced: routine("The registry is asked again which digest the tag has."),
    deleted: routine("The image stays where it is."),
    replacedBy: [],
    taggable: false,
    pricing: "free",
  },
  "pulumi-nodejs:dynamic/fairlead:ImageCopy": {
    noun: "image copy",
    replaced: routine("Copied again. The old one stays until the lifecycle policy expires it."),
    deleted: imageStays,
    replacedBy: [],
    taggable: false,
    pricing: "free",
  },
  "aws:ecr/repository:Repository": {
    noun: "ECR repository",
    replaced: imagesGo,
    deleted: imagesGo,
    lossWith: ({ forceDelete, name }, operation) => {
      if (typeof name === "string" && name.endsWith(`/${buildCacheName}`))
        return routine("Builds start without a cache; no task runs an image of it.");
      return operation === "replace" || forceDelete === true ? imagesGo : staysWithImages;
    },
    retained: "Its images stay in it and expire as before. A service of that name later takes it over by fairlead:importRepositories.",
    replacedBy: ["encryptionConfigurations", "name"],
    unasked: ["imageTagMutabilityExclusionFilters"],
    taggable: true,
    pricing: "estimated",
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    noun: "lifecycle policy",
    settingOf: "repository",
    replaced: routine("Put again in one request."),
    deleted: routine("Images are no longer expired."),
    replacedBy: ["policy", "repository"],
    taggable: false,
    pricing: "free",
  },
  "aws:ecr/repositoryPolicy:RepositoryPolicy": {
    noun: "repository policy",
    replaced: routine("Put again in one request."),
    deleted: interruption("The accounts that it lets in can pull no more."),
    partOf: "repository",
    replacedBy: ["repository"],
    taggable: false,
    pricing: "free",
  },
  "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": {
    noun: "pull-through cache rule",
    replaced: interruption("Images under the old prefix that are not cached yet can't be pulled: a task that needs one doesn't start."),
    deleted: interruption("Images that are not cached yet can't be pulled through it: a task that needs one doesn't start."),
    replacedBy: ["ecrRepositoryPrefix", "upstreamRegistryUrl", "upstreamRepositoryPrefix"],
    taggable: false,
    pricing: "unknown",
  },
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": {
    noun: "repository creation template",
    replaced: routine("Repositories that exist stay as they are."),
    deleted: routine("Repositories that exist stay as they are; new ones are made with ECR's own settings."),
    replacedBy: ["prefix"],
    unasked: ["imageTagMutabilityExclusionFilters"],
    taggable: false,
    pricing: "free",
  },
  "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": {
    noun: "registry's scanning",
    settingOf: "account",
    replaced: routine("Put again in one request."),
    deleted: lessProtected("Images are no longer scanned on their own."),
    replacedBy: [],
    taggable: false,
    pricing: "estimated",
  },
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": {
    noun: "registry's replication",
    settingOf: "account",
    replaced: routine("Put again in one request."),
    deleted: interruption("New images are copied no more: who pulls from the other regions or accounts doesn't find them."),
    replacedBy: [],
    taggable: false,
    pricing: "unknown",
  },
  "aws:ecrpublic/repository:Repository": {
    noun: "public ECR repository",
    replaced: dataLoss("Everybody pulls from another address, and the images in the old one are deleted."),
    deleted: imagesGo,
    lossWith: ({ forceDestroy }, operation) => (operation === "delete" && forceDestroy !== true ? staysWithImages : undefined),
    replacedBy: ["repositoryName"],
    taggable: true,
    pricing: "unknown",
  },
};
