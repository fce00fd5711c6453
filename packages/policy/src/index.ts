export { enforcementOf, type Enforcement } from "./enforcement";
export { evaluate, type Evaluation, type Finding } from "./evaluate";
export { exceptionsIn, readExceptions, type PolicyException } from "./exceptions";
export type { Rule, Violation } from "./rule";
export { rules } from "./rules";
export { pageOf } from "./securityHub";
export { reasons } from "./reasons";
