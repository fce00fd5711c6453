import { rollOut } from "../src";
import { awsError, follow, request } from "./following";
import { ScriptedEcs } from "./scriptedEcs";

describe("a service that is not there", () => {
  const goes = (script: ScriptedEcs, change: () => void) => {
    let readings = 0;
    script.onDescribe = () => void (++readings === 5 && change());
  };

  test("is told at once, where it goes with its deployments while it is followed", async () => {
    const script = new ScriptedEcs();
    script.deploy("api:2", "IN_PROGRESS");
    goes(script, () => {
      script.deployments.length = 0;
      script.service = undefined;
    });
    const { end, minutes } = await follow(script, { allowedMinutes: 1500 });
    expect(end).toEqual({ outcome: "gone", words: "there is no service api in arn:cluster/dev" });
    expect(minutes).toBeLessThan(2);
  });

  test("is told within a minute or two, where its deployment is still listed", async () => {
    const script = new ScriptedEcs();
    script.deploy("api:2", "IN_PROGRESS");
    goes(script, () => void (script.service = { status: "DRAINING" }));
    const { end, minutes } = await follow(script, { allowedMinutes: 1500 });
    expect(end).toEqual({ outcome: "gone", words: "service api in arn:cluster/dev is being deleted" });
    expect(minutes).toBeLessThan(3);
  });

  test("is not taken for gone, where a deployment can't be described for once", async () => {
    const script = new ScriptedEcs();
    const deployment = script.deploy("api:2", "IN_PROGRESS");
    goes(script, () => void script.deployments.pop());
    const describing = script.onDescribe;
    let readings = 0;
    script.onDescribe = () => {
      describing();
      if (++readings === 7) script.deployments.push(Object.assign(deployment, { status: "SUCCESSFUL" }));
    };
    expect((await follow(script)).end.outcome).toBe("serves");
  });

  test.each(["ServiceNotFoundException", "ClusterNotFoundException"])("is told where ECS says so from the start: %s", async (name) => {
    const script = new ScriptedEcs();
    script.refusals.ListServiceDeployments = awsError(name, "client");
    const { end, minutes } = await follow(script);
    expect(end).toEqual({ outcome: "gone", words: `${name}: no` });
    expect(minutes).toBeLessThan(1);
  });

  test("may be found a little later than it was made", async () => {
    const script = new ScriptedEcs();
    script.deploy("api:2", "SUCCESSFUL");
    script.refusals.ListServiceDeployments = awsError("ServiceNotFoundException", "client");
    let now = 0;
    const sleep = (seconds: number) =>
      Promise.resolve(void ((now += seconds * 1000), (script.refusals.ListServiceDeployments = undefined)));
    expect((await rollOut(request, { ecs: script.ecs, sleep, now: () => now })).outcome).toBe("serves");
  });

  test("is told where it goes before ECS is asked again", async () => {
    const script = new ScriptedEcs();
    script.deploy("api:2", "ROLLBACK_SUCCESSFUL");
    script.refusals.UpdateService = awsError("ServiceNotActiveException", "client");
    expect((await follow(script)).end.outcome).toBe("gone");
  });
});
