export { ArchiveSource } from "./distribution/archiveSource";
export { copyImage, type RepositoryAddress } from "./distribution/copyImage";
export { copyReferrers } from "./distribution/copyReferrers";
export { ecrRegistry, type CredentialOptions, type Login } from "./distribution/credentials";
export { ImageError } from "./distribution/imageError";
export { dockerArchive } from "./distribution/dockerArchive";
export { LayoutSource } from "./distribution/layoutSource";
export { imageTypes, indexTypes, json, object, sha256, shown, type Descriptor, type Manifest } from "./distribution/manifest";
export { RegistryClient, type RegistryClientOptions } from "./distribution/registryClient";
export { RegistrySource, type ImageSource } from "./distribution/source";
export { bytesOf } from "./distribution/transport";
export { imageTag } from "./imageTag";
export { inTurn } from "./inTurn";
export {
  digestOf,
  promotionChanges,
  promotionFile,
  readPromotions,
  writePromotions,
  type Promotion,
  type PromotionChange,
  type Release,
} from "./promotionFile";
