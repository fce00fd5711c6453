export { awsProblem, type AwsProblem, type AwsProblemKind, type Unseen } from "./aws/awsProblem";
export type { Caller } from "./aws/stackAccount";
export { StackClients } from "./aws/stackClients";
export { operateStack, type OperatedStack } from "./operatedStack";
export type { ContainerInAws, LogsInAws } from "./stack/containerInAws";
export type { DataInAws } from "./stack/dataInAws";
export type { JobInAws, RouteInAws, RunnableInAws, ScalingInAws, ServiceInAws } from "./stack/serviceInAws";
export { stackInAws, type StackInAws } from "./stack/stackInAws";
