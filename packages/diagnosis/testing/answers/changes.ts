import type * as scaling from "@aws-sdk/client-application-auto-scaling";
import type * as ecs from "@aws-sdk/client-ecs";
import type * as ssm from "@aws-sdk/client-ssm";

import { Refusal } from "../protocols";
import type { AnsweringAccount } from "../account";

function serviceOf({ state }: AnsweringAccount, name = ""): ecs.Service {
  const found = state.services.find(({ serviceArn, serviceName }) => serviceArn === name || serviceName === name);
  if (!found) throw new Refusal("ServiceNotFoundException", "Service not found.");
  return found;
}

function deploymentOf({ state }: AnsweringAccount, arn: string | undefined): ecs.ServiceDeployment {
  const found = state.serviceDeployments.find(({ serviceDeploymentArn }) => serviceDeploymentArn === arn);
  if (!found) throw new Refusal("ServiceDeploymentNotFoundException", "Service deployment not found.");
  return found;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html */
const stoppable = ["PENDING", "IN_PROGRESS", "STOP_REQUESTED", "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS"];

const session = { sessionId: "ecs-execute-command-0a1", streamUrl: "wss://ssmmessages.example/0a1", tokenValue: "token-0a1" };

/** What changes something of ECS's: it is written down in `state.changes`, and takes effect as far as what is read shows it at once. */
export const ecsChangeAnswers = {
  UpdateService(input: ecs.UpdateServiceRequest, account: AnsweringAccount): ecs.UpdateServiceResponse {
    const service = serviceOf(account, input.service);
    account.state.changes.push({ action: "ecs:UpdateService", input });
    if (input.desiredCount !== undefined) service.desiredCount = input.desiredCount;
    if (input.taskDefinition !== undefined) service.taskDefinition = input.taskDefinition;
    return { service };
  },

  ContinueServiceDeployment(input: ecs.ContinueServiceDeploymentRequest, account: AnsweringAccount) {
    deploymentOf(account, input.serviceDeploymentArn);
    account.state.changes.push({ action: "ecs:ContinueServiceDeployment", input });
    return { serviceDeploymentArn: input.serviceDeploymentArn };
  },

  StopServiceDeployment(input: ecs.StopServiceDeploymentRequest, account: AnsweringAccount) {
    const deployment = deploymentOf(account, input.serviceDeploymentArn);
    if (!stoppable.includes(deployment.status!)) throw new Refusal("ConflictException", `Service deployment is ${deployment.status}.`);
    deployment.status = "ROLLBACK_REQUESTED";
    account.state.changes.push({ action: "ecs:StopServiceDeployment", input });
    return { serviceDeploymentArn: input.serviceDeploymentArn };
  },

  RunTask(input: ecs.RunTaskRequest, account: AnsweringAccount): ecs.RunTaskResponse {
    const { state, arn, clock } = account;
    state.changes.push({ action: "ecs:RunTask", input });
    const cluster = state.clusters.find(({ clusterArn, clusterName }) => clusterArn === input.cluster || clusterName === input.cluster)!;
    const task: ecs.Task = {
      ...{ taskArn: arn("ecs", `task/${cluster.clusterName}/run${state.changes.length}`), clusterArn: cluster.clusterArn },
      ...{ taskDefinitionArn: input.taskDefinition, group: input.group, startedBy: input.startedBy, createdAt: clock.ago(0) },
      ...{ lastStatus: "PROVISIONING", desiredStatus: "RUNNING", containers: [] },
    };
    state.tasks.push(task);
    return { tasks: [task], failures: [] };
  },

  StopTask(input: ecs.StopTaskRequest, { state }: AnsweringAccount): ecs.StopTaskResponse {
    state.changes.push({ action: "ecs:StopTask", input });
    const task = state.tasks.find(({ taskArn }) => taskArn === input.task || taskArn!.endsWith(`/${input.task}`));
    if (!task) throw new Refusal("InvalidParameterException", "The referenced task was not found.");
    Object.assign(task, { desiredStatus: "STOPPED", lastStatus: "STOPPED", stopCode: "UserInitiated", stoppedReason: input.reason });
    return { task };
  },

  ExecuteCommand(input: ecs.ExecuteCommandRequest, { state }: AnsweringAccount): ecs.ExecuteCommandResponse {
    state.changes.push({ action: "ecs:ExecuteCommand", input });
    return { taskArn: input.task, containerName: input.container, interactive: input.interactive, session };
  },
};

export const scalingChangeAnswers = {
  RegisterScalableTarget(input: scaling.RegisterScalableTargetRequest, { state }: AnsweringAccount) {
    state.changes.push({ action: "application-autoscaling:RegisterScalableTarget", input });
    const target = state.scalableTargets.find(({ ResourceId }) => ResourceId === input.ResourceId);
    if (!target) throw new Refusal("ValidationException", "Either MinCapacity or MaxCapacity is missing");
    if (input.SuspendedState) target.SuspendedState = input.SuspendedState;
    return {};
  },
};

export const ssmChangeAnswers = {
  StartSession(input: ssm.StartSessionRequest, { state }: AnsweringAccount): ssm.StartSessionResponse {
    state.changes.push({ action: "ssm:StartSession", input });
    return { SessionId: session.sessionId, StreamUrl: session.streamUrl, TokenValue: session.tokenValue };
  },
};
