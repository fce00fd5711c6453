export { copyImage, type RepositoryAddress } from "./distribution/copyImage";
export { ecrRegistry, type CredentialOptions, type Login } from "./distribution/credentials";
export { ImageError } from "./distribution/imageError";
export { imageTypes, indexTypes, sha256, type Descriptor, type Manifest } from "./distribution/manifest";
export { RegistryClient, type RegistryClientOptions } from "./distribution/registryClient";
export { RegistrySource, type ImageSource } from "./distribution/source";
export { imageTag } from "./imageTag";
export { inTurn } from "./inTurn";
export type { ContainerCommand } from "./inspection/containerCommand";
export { findingOf, type Finding } from "./inspection/finding";
export { formatFindings, type InspectedContainer } from "./inspection/formatFindings";
export { inspect, platformsOf, type ImageReport, type InspectArgs, type PlatformReport } from "./inspection/inspect";
export type { TaskHealthCheck } from "./inspection/imageHealthCheck";
export { inspectImage } from "./inspection/inspectImage";
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
