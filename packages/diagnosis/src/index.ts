export { causes, waits, type CauseId, type WaitId } from "./causes";
