// What explains codes needs it; who gives them takes coded() and the types from @fairlead/model, without the texts.
export type { Explanation } from "./explanation";
export { codesPage } from "./page";
export { codes } from "./table";
