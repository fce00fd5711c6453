export { areasOf, topLevel, type Area } from "./areas";
export { comparePlans } from "./comparePlans";
export { bySeverity, consequenceOf, type Consequence, type Severity } from "./consequences";
export { countsOf, isEmpty, type Counts } from "./counts";
export { EnginePreviewError, readEnginePreview } from "./enginePreview";
export type { ChangeSet, Operation, PropertyChange, ResourceChange } from "./model";
export { serviceChanges, servicesIn, type ServiceChange, type ServiceOperation } from "./services/serviceChanges";
export { shortText } from "./services/shortText";
export { trafficKinds, trafficOf, type Traffic, type TrafficEdge, type TrafficKind, type TrafficNode } from "./traffic";
