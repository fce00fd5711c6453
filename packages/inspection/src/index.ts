export { findingOf, type Certainty, type Finding } from "./finding";
export { formatFindings, type InspectedContainer } from "./formatFindings";
export { inspect, platformsOf, type ImageReport, type InspectArgs, type PlatformReport } from "./inspect";
export { inspectImage, sourceOf } from "./inspectImage";
export type { ContainerSettings } from "./container/containerSettings";
export type { TaskHealthCheck } from "./start/imageHealthCheck";
