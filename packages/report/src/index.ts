export { commentLimit, marker, renderComment } from "./comment/comment";
export { renderHtml } from "./html/html";
export { imagesOfTasks, type TaskImage } from "./imagesOfTasks";
export { isFailed, isRefused, reportOf, type ChangeReport, type FailedStack, type StackReport } from "./report";
export { renderTerminal } from "./terminal/changes";
export { colors } from "./terminal/colors";
export { renderPlan } from "./terminal/plan";
export { renderPolicy } from "./terminal/policy";
