import { shop } from "@fairlead/operations/testing/shop";

import { unwell } from "../src/doctor/unwell";

const healthOf = (...states: ("healthy" | "unhealthy" | "draining")[]) => states.map((State) => ({ TargetHealth: { State } }));

test("services that are steady, with an alarm that is off and a target that is healthy, are well", async () => {
  const seen = shop([{ name: "api" }, { name: "web" }]);
  const { state, arn } = seen.account;
  const targetGroupArn = arn("elasticloadbalancing", "targetgroup/web/1");
  state.targetGroups.push({ TargetGroupArn: targetGroupArn });
  state.services[1]!.loadBalancers = [{ targetGroupArn, containerName: "web", containerPort: 80 }];
  state.targetHealth[targetGroupArn] = healthOf("healthy", "unhealthy", "draining");
  state.alarms.push({ AlarmName: "shop-api-cpu", StateValue: "OK" });
  expect(await unwell(seen)).toEqual({ names: [], unseen: [] });
  state.alarms[0]!.StateValue = "ALARM";
  expect((await unwell(seen)).names).toEqual(["api"]);
  state.targetHealth[targetGroupArn] = healthOf("unhealthy", "draining");
  expect((await unwell(seen)).names).toEqual(["api", "web"]);
  state.targetHealth[targetGroupArn] = healthOf("draining");
  expect((await unwell(seen)).names).toEqual(["api"]);
});

test("what could not be seen is told where it says whether services are well", async () => {
  const seen = shop([{ name: "api" }]);
  seen.account.deny(["cloudwatch:DescribeAlarms", "ecr:DescribeImages"]);
  const { names, unseen } = await unwell(seen);
  expect([names, unseen.map(({ action }) => action)]).toEqual([[], ["cloudwatch:DescribeAlarms"]]);
});
