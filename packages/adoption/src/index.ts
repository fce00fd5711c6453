export { adoptionOf, type Adoption } from "./adoption";
export type { LettingOrder } from "./letting/lettingOrder";
export type { ReferenceProposal } from "./proposals/proposal";
export type { MovingService } from "./entry/movingServices";
export { chosenImports, settingsOf } from "./imports/chosenImports";
export { importFile, type ChosenImport, type ImportFile } from "./imports/importFile";
export { urnParts } from "./imports/urnParts";
export { verdictOf, type ChangedResource, type Verdict } from "./imports/verdict";
