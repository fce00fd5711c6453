export { ContainerImage, type BuildSettings, type ContainerImageArgs, type RunnableOn } from "./containerImage";
export { ecrLogin } from "./ecrLogin";
export { architectureOf, cpuArchitectures, platformOf, platforms, type CpuArchitecture, type Platform, type PlatformOf } from "./platform";
export { Repository, type RepositoryArgs } from "./repository";
export { sourceRevisions } from "./sourceRevision";
