export type { ContainerCommand } from "./containerCommand";
export type { Finding } from "./finding";
export { formatFindings, type InspectedContainer } from "./formatFindings";
export { inspect, platformsOf, type ImageReport, type InspectArgs, type PlatformReport } from "./inspect";
export { inspectImage, sourceOf } from "./inspectImage";
export { VerdictCache } from "./verdictCache";
