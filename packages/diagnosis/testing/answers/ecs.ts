import type * as ecs from "@aws-sdk/client-ecs";

import { page } from "../answer";
import { Refusal } from "../protocols";
import type { AnsweringAccount } from "../account";
import { clusterOf } from "./clusterOf";
import { instancesAnswers } from "./ecsInstances";

const invalid = (message: string) => new Refusal("InvalidParameterException", message);

function serviceOf(account: AnsweringAccount, cluster: ecs.Cluster, name: string): ecs.Service | undefined {
  return account.state.services.find(
    ({ serviceArn, serviceName, clusterArn }) => clusterArn === cluster.clusterArn && (serviceArn === name || serviceName === name),
  );
}

const missing = (arn: string | undefined): ecs.Failure => ({ arn, reason: "MISSING" });

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Operations.html */
export const ecsAnswers = {
  DescribeClusters: ({ clusters = ["default"] }: ecs.DescribeClustersRequest, { state, arn }: AnsweringAccount) => ({
    clusters: state.clusters.filter(({ clusterArn, clusterName }) => clusters.includes(clusterArn!) || clusters.includes(clusterName!)),
    failures: clusters
      .filter((name) => !state.clusters.some(({ clusterArn, clusterName }) => name === clusterArn || name === clusterName))
      .map((name) => missing(name.startsWith("arn:") ? name : arn("ecs", `cluster/${name}`))),
  }),

  DescribeServices(input: ecs.DescribeServicesRequest, account: AnsweringAccount): ecs.DescribeServicesResponse {
    const { services = [] } = input;
    if (services.length === 0) throw invalid("Services cannot be empty.");
    if (services.length > 10) throw invalid("Services cannot have more than 10 elements.");
    const cluster = clusterOf(account, input.cluster);
    const found = services.map((name) => serviceOf(account, cluster, name));
    const failures = services.flatMap((name, index) =>
      found[index] ? [] : [missing(name.startsWith("arn:") ? name : account.arn("ecs", `service/${cluster.clusterName}/${name}`))],
    );
    return { services: found.flatMap((service) => service ?? []), failures };
  },

  ListServices(input: ecs.ListServicesRequest, account: AnsweringAccount): ecs.ListServicesResponse {
    const cluster = clusterOf(account, input.cluster);
    const arns = account.state.services.filter(({ clusterArn }) => clusterArn === cluster.clusterArn).map(({ serviceArn }) => serviceArn!);
    const { items, next } = page(arns, input.nextToken, account.pageSize(Math.min(input.maxResults ?? 10, 100)));
    return { serviceArns: items, nextToken: next };
  },

  ListServiceDeployments(input: ecs.ListServiceDeploymentsRequest, account: AnsweringAccount): ecs.ListServiceDeploymentsResponse {
    const service = serviceOf(account, clusterOf(account, input.cluster), input.service!);
    if (!service) throw new Refusal("ServiceNotFoundException", "Service not found.");
    const found = account.state.serviceDeployments
      .filter(({ serviceArn }) => serviceArn === service.serviceArn)
      .filter(({ status }) => !input.status?.length || input.status.includes(status!))
      .filter(({ createdAt }) => !input.createdAt?.after || createdAt! >= input.createdAt.after)
      .sort((a, b) => Number(b.createdAt) - Number(a.createdAt));
    const { items, next } = page(found, input.nextToken, account.pageSize(Math.min(input.maxResults ?? 20, 100)));
    const brief = items.map(
      ({
        serviceDeploymentArn,
        serviceArn,
        clusterArn,
        startedAt,
        createdAt,
        finishedAt,
        targetServiceRevision,
        status,
        statusReason,
      }) => ({
        ...{ serviceDeploymentArn, serviceArn, clusterArn, startedAt, createdAt, finishedAt, status, statusReason },
        targetServiceRevisionArn: targetServiceRevision?.arn,
      }),
    );
    return { serviceDeployments: brief, nextToken: next };
  },

  DescribeServiceDeployments(input: ecs.DescribeServiceDeploymentsRequest, { state }: AnsweringAccount) {
    const { serviceDeploymentArns: arns = [] } = input;
    if (arns.length > 20) throw invalid("serviceDeploymentArns cannot have more than 20 elements.");
    const serviceDeployments = state.serviceDeployments.filter(({ serviceDeploymentArn }) => arns.includes(serviceDeploymentArn!));
    const found = serviceDeployments.map(({ serviceDeploymentArn }) => serviceDeploymentArn);
    return { serviceDeployments, failures: arns.filter((arn) => !found.includes(arn)).map(missing) };
  },

  DescribeServiceRevisions(input: ecs.DescribeServiceRevisionsRequest, { state }: AnsweringAccount) {
    const { serviceRevisionArns: arns = [] } = input;
    if (arns.length > 20) throw invalid("serviceRevisionArns cannot have more than 20 elements.");
    const serviceRevisions = state.serviceRevisions.filter(({ serviceRevisionArn }) => arns.includes(serviceRevisionArn!));
    const found = serviceRevisions.map(({ serviceRevisionArn }) => serviceRevisionArn);
    return { serviceRevisions, failures: arns.filter((arn) => !found.includes(arn)).map(missing) };
  },

  DescribeTaskDefinition({ taskDefinition = "", include = [] }: ecs.DescribeTaskDefinitionRequest, { state }: AnsweringAccount) {
    const [family, revision] = taskDefinition.split("/").pop()!.split(":");
    const ofFamily = state.taskDefinitions.filter((each) => each.family === family && each.status !== "DELETE_IN_PROGRESS");
    const found =
      revision === undefined
        ? ofFamily.filter(({ status }) => status !== "INACTIVE").sort((a, b) => b.revision! - a.revision!)[0]
        : ofFamily.find((each) => each.revision === Number(revision));
    if (!found) throw new Refusal("ClientException", "Unable to describe task definition.");
    const { tags, ...described } = found;
    return { taskDefinition: described, ...(include.includes("TAGS") ? { tags: tags ?? [] } : {}) };
  },

  ListTasks(input: ecs.ListTasksRequest, account: AnsweringAccount): ecs.ListTasksResponse {
    const cluster = clusterOf(account, input.cluster);
    if (input.serviceName !== undefined && !serviceOf(account, cluster, input.serviceName)) {
      throw new Refusal("ServiceNotFoundException", "Service not found.");
    }
    const name = input.serviceName?.split("/").pop();
    const wanted = input.desiredStatus ?? "RUNNING";
    const arns = account.state.tasks
      .filter((task) => task.clusterArn === cluster.clusterArn)
      .filter((task) => name === undefined || task.group === `service:${name}`)
      .filter((task) => input.startedBy === undefined || task.startedBy === input.startedBy)
      .filter((task) => input.family === undefined || familyOf(task.taskDefinitionArn!) === input.family)
      .filter((task) => input.launchType === undefined || task.launchType === input.launchType)
      .filter((task) => (task.desiredStatus === "STOPPED" ? "STOPPED" : "RUNNING") === wanted)
      // A stopped task is gone after an hour.
      .filter((task) => !task.stoppedAt || account.clock.milliseconds - task.stoppedAt.getTime() < 3_600_000)
      .map(({ taskArn }) => taskArn!);
    const { items, next } = page(arns, input.nextToken, account.pageSize(Math.min(input.maxResults ?? 100, 100)));
    return { taskArns: items, nextToken: next };
  },

  DescribeTasks(input: ecs.DescribeTasksRequest, account: AnsweringAccount): ecs.DescribeTasksResponse {
    const { tasks = [] } = input;
    if (tasks.length === 0) throw invalid("Tasks cannot be empty.");
    if (tasks.length > 100) throw invalid("Tasks cannot have more than 100 elements.");
    const cluster = clusterOf(account, input.cluster);
    const ofCluster = account.state.tasks.filter(({ clusterArn }) => clusterArn === cluster.clusterArn);
    const find = (name: string) => ofCluster.find(({ taskArn }) => taskArn === name || taskArn!.endsWith(`/${name}`));
    return { tasks: tasks.flatMap((name) => find(name) ?? []), failures: tasks.filter((name) => !find(name)).map(missing) };
  },

  ...instancesAnswers,
};

const familyOf = (taskDefinitionArn: string) => taskDefinitionArn.split("/").pop()!.split(":")[0];
