export { causes, waits, type CauseId, type WaitId } from "./causes";
export { diagnosisClients, type AskedService, type DiagnosisClients } from "./clients";
export { diagnose, diagnosisOf, type DiagnosedCause, type DiagnoseArgs, type Diagnosis } from "./diagnose";
export type { Evidence } from "./finding";
export type { GatherOptions } from "./gather/gather";
export type { Subject } from "./gather/gathered";
export type { Unseen } from "./gather/lookout";
export { markdownOf } from "./markdownOf";
export { textOf, type CauseNotes } from "./textOf";
