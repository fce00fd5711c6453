export type { Explanation } from "./explanation";
export { imageCodes } from "./images";
export { codesPage } from "./page";
export { codes } from "./table";
