import { formCodes } from "./form";
import { guardRailCodes } from "./guardRails";
import { imageBuildCodes } from "./images";
import { linkCodes } from "./links";
import { taskCodes } from "./tasks";

/** What can be wrong with a service.yaml. */
export const manifestCodes = { ...formCodes, ...imageBuildCodes, ...linkCodes, ...taskCodes, ...guardRailCodes };
