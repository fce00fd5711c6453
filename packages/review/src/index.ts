export type { Danger } from "./danger";
export { gradeOf, grades, gravest, type Grade } from "./grades";
export { imageAllowances, imageRequirements } from "./imageRequirements";
export type { Configured } from "./place";
export { alike, requestsText, type JudgedRequests } from "./requests";
export { reviewOf, type Review, type Side } from "./review";
