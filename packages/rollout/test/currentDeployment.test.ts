import { follow } from "./following";
import { ScriptedEcs } from "./scriptedEcs";

/** ECS is asked once more; what that led to is not listed. */
function askedAgain(isNamed: boolean): ScriptedEcs {
  const script = new ScriptedEcs();
  script.deploy("api:2", "ROLLBACK_SUCCESSFUL");
  script.onUpdate = (taskDefinition) => {
    const { serviceDeploymentArn } = script.deploy(taskDefinition, "SUCCESSFUL");
    script.unlisted.add(serviceDeploymentArn!);
    if (isNamed) script.service = { ...script.service, currentServiceDeployment: serviceDeploymentArn };
  };
  return script;
}

test("a deployment that the service names is followed at once, listed or not", async () => {
  const { end, minutes } = await follow(askedAgain(true));
  expect(end).toMatchObject({ outcome: "serves", deployment: { serviceDeploymentArn: "arn:deployment/2" } });
  expect(minutes).toBe(0);
});

test("where the service names none it is waited for until it is listed", async () => {
  const { end, minutes } = await follow(askedAgain(false));
  expect([end.outcome, minutes]).toEqual(["goesOn", 1]);
});

test("what the service names beside 20 that are listed is not one too many", async () => {
  const script = new ScriptedEcs();
  for (let count = 0; count < 20; count++) script.deploy("api:1", "SUCCESSFUL");
  const { serviceDeploymentArn } = script.deploy("api:2", "SUCCESSFUL");
  script.unlisted.add(serviceDeploymentArn!);
  script.service = { ...script.service, currentServiceDeployment: serviceDeploymentArn };
  expect((await follow(script)).end).toMatchObject({ outcome: "serves", deployment: { serviceDeploymentArn } });
});
