export { AlarmTopic, type AlarmTopicArgs } from "./alarmTopic";
export { Dashboard, type DashboardArgs } from "./dashboard";
export { JobAlarms, type JobAlarmsArgs } from "./jobAlarms";
export { ServiceAlarms, type ServiceAlarmsArgs } from "./serviceAlarms";
export { ServiceLogGroup, type ServiceLogGroupArgs } from "./serviceLogGroup";
