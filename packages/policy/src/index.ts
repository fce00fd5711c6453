export { evaluate, type Evaluation, type Finding } from "./evaluate";
export { readExceptions, type PolicyException } from "./exceptions";
export type { Rule, Violation } from "./rule";
export { rules } from "./rules";
