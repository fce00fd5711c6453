import { resource } from "@fairlead/changes/testing/plans";

import { severities, severitiesOf, type Inputs } from "./judged";

const scheduled = "aws:appautoscaling/scheduledAction:ScheduledAction";

test("other times at which no task may run are told, and other times at which some run are not", () => {
  const at = (schedule: string, capacity: object) => ({ schedule, scalableTargetAction: capacity });
  const none = { minCapacity: 0, maxCapacity: 0 };
  expect(severities(scheduled, at("cron(0 20 ? * MON-FRI *)", none), at("cron(0 20 ? * 1-5 *)", none))).toEqual(["interruption"]);
  const some = { minCapacity: 2 };
  expect(severities(scheduled, at("cron(0 6 * * ? *)", some), at("cron(0 7 * * ? *)", some))).toEqual([]);
});

test("a schedule of a new scaling target of a service that is there is a new setting of the service", () => {
  const service = resource("aws:ecs/service:Service", "web", { desiredCount: 3 });
  const of = (name: string, type: string, urn: string, inputs: Inputs = {}) =>
    resource(type, name, { resourceId: urn, ...inputs }, { propertyDependencies: { resourceId: [urn] } });
  const target = of("web", "aws:appautoscaling/target:Target", service.urn, { minCapacity: 3, maxCapacity: 12 });
  const night = of("night", scheduled, target.urn, {
    schedule: "cron(0 22 * * ? *)",
    scalableTargetAction: { minCapacity: 0, maxCapacity: 0 },
  });
  const other = resource("aws:sqs/queue:Queue", "other");
  expect(severitiesOf([other, service], [other, service, target, night])).toContain("noCapacity");
  expect(severitiesOf([other], [other, service, target, night])).toEqual([]);
  // As our services have it: the target names the service by a text.
  const component = resource("fairlead:services:EcsService", "web", {}, { custom: false });
  const named = { ...target, parent: component.urn, propertyDependencies: {} };
  expect(severitiesOf([other, component, service], [other, component, service, named, night])).toContain("noCapacity");
  expect(severitiesOf([other], [other, component, service, named, night])).toEqual([]);
});

test("what a schedule starts is the same in another order, with another version of its task", () => {
  const start = (version: number) => ({
    taskDefinitionArn: `arn:aws:ecs:us-east-1:123456789012:task-definition/job:${version}`,
    taskCount: 1,
  });
  const [arn, roleArn] = ["arn:aws:ecs:us-east-1:123456789012:cluster/shop", "arn:aws:iam::123456789012:role/start"];
  const [was, is] = [{ target: { arn, roleArn, ecsParameters: start(1) } }, { target: { ecsParameters: start(2), roleArn, arn } }];
  expect(severities("aws:scheduler/schedule:Schedule", was, is)).toEqual([]);
});
