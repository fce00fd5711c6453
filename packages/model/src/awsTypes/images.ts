import { dataLoss, interruption, routine, type TypeSheets } from "./sheet";

const imageStays = routine("The image stays in the registry until the lifecycle policy expires it.");
const imagesGo = dataLoss("Its images are deleted, or AWS refuses while there are any.");

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
    replacedBy: ["encryptionConfigurations", "name"],
    taggable: true,
    pricing: "estimated",
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    noun: "lifecycle policy",
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
    replacedBy: ["ecrRepositoryPrefix", "upstreamRegistryUrl"],
    taggable: false,
    pricing: "unknown",
  },
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": {
    noun: "repository creation template",
    replaced: routine("Repositories that exist stay as they are."),
    deleted: routine("Repositories that exist stay as they are; new ones are made with ECR's own settings."),
    replacedBy: ["prefix"],
    taggable: false,
    pricing: "free",
  },
  "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": {
    noun: "registry's scanning",
    replaced: routine("Put again in one request."),
    deleted: routine("Images are no longer scanned on their own."),
    replacedBy: [],
    taggable: false,
    pricing: "estimated",
  },
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": {
    noun: "registry's replication",
    replaced: routine("Put again in one request."),
    deleted: interruption("New images are copied no more: who pulls from the other regions or accounts doesn't find them."),
    replacedBy: [],
    taggable: false,
    pricing: "unknown",
  },
  "aws:ecrpublic/repository:Repository": {
    noun: "public ECR repository",
    replaced: dataLoss("Its images are deleted, or AWS refuses while there are any, and everybody pulls from another address."),
    deleted: imagesGo,
    replacedBy: ["repositoryName"],
    taggable: true,
    pricing: "unknown",
  },
};
