export { adoptionOf, type Adoption, type ReferenceProposal } from "./adoption";
export type { MovingService } from "./entry/movingServices";
export { chosenImports, settingsOf } from "./imports/chosenImports";
export { importFile, type ChosenImport, type ImportFile } from "./imports/importFile";
export { urnParts } from "./imports/urnParts";
export { verdictOf, type ChangedResource, type Verdict } from "./imports/verdict";
