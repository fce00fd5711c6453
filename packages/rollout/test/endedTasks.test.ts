import { endedTasks, hasFailed, type Task } from "../src";
import { ScriptedEcs } from "./scriptedEcs";

const service = { clusterArn: "arn:cluster/dev", serviceName: "api" };
const ended = (taskArn: string, second: number, more: Partial<Task> = {}): Task => ({
  ...{ taskArn, taskDefinitionArn: "api:2", desiredStatus: "STOPPED", lastStatus: "STOPPED", stoppedAt: new Date(second * 1000) },
  ...{ stopCode: "EssentialContainerExited", stoppedReason: "Essential container in task exited" },
  ...more,
});

test("all pages are read: the first to end may be listed last", async () => {
  const script = new ScriptedEcs();
  const others = Array.from({ length: 230 }, (_, index) => ended(`t${index}`, 100 + index, { taskDefinitionArn: "api:1" }));
  script.tasks = [...others, ended("late", 20), ended("first", 10)];
  expect((await endedTasks(script.ecs, service, "api:2")).map(({ taskArn }) => taskArn)).toEqual(["first", "late"]);
});

test.each<[string, Partial<Task>, boolean]>([
  ["a container that ended", {}, true],
  ["Spot", { stopCode: "SpotInterruption", stoppedReason: "Your Spot Task was interrupted." }, false],
  ["maintenance", { stopCode: "TerminationNotice", stoppedReason: "ECS is performing maintenance" }, false],
  ["an instance that went", { stopCode: "InfrastructureHealth", stoppedReason: "Host EC2 (instance i-0a1) terminated" }, false],
  ["somebody", { stopCode: "UserInitiated", stoppedReason: "Task stopped by user" }, false],
  ["scaling", { stopCode: "ServiceSchedulerInitiated", stoppedReason: "Scaling activity initiated by (deployment ecs-svc/1)" }, false],
  ["a health check", { stopCode: "ServiceSchedulerInitiated", stoppedReason: "Task failed ELB health checks in (target-group x)" }, true],
  ["a start", { stopCode: "TaskFailedToStart", stoppedReason: "CannotPullContainerError: not found" }, true],
])("whether %s is a failure of the task", (_, end, isFailure) => expect(hasFailed(ended("t", 1, end))).toBe(isFailure));
