export { ServiceLogGroup, type ServiceLogGroupArgs } from "./serviceLogGroup";
