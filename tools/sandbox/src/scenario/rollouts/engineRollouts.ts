import type { AwsAccount } from "../../aws/awsAccount";
import { cloneRepository, commit, inProject } from "../../checkout";
import { edit } from "../../edit";
import { Engine } from "../../engine";
import type { RunningTasks } from "../../ecs/running/startTasks";
import { element, elements } from "../../ecs/running/xml";
import { expectEqual } from "../../expectations";
import { step } from "../../progress";
import { messageOf } from "../common";
import { Client } from "./client";
import { checkIncident } from "./incident";
import { addRolloutsStack, programs, stackName } from "./stack";
import { checkFixes } from "./wrong/checkFixes";

/** A stack whose tasks really run, under the real engine: a rollout that ECS takes back fails `up`, and what served before goes on to serve. @param turn of the commit, by which a third of the wrong services is run; all without */
export async function checkEngineRollouts(aws: AwsAccount, running: RunningTasks, turn?: number): Promise<void> {
  const checkout = await cloneRepository();
  await addRolloutsStack(checkout);
  const engine = await Engine.open(stackName, checkout, process.env);
  await commit(checkout, "The stack's salt");
  await step("pulumi up: two services whose tasks run", () => engine.up());
  const { url } = await running.listen(await targetGroupOf(aws, "shop"));
  const client = new Client(`${url}/`);
  expectEqual("the shop answers", await client.page(), "first");

  const change = async (from: string, to: string) => {
    edit(inProject(checkout, programs.shop), (text) => text.replace(from, to));
    await commit(checkout, "shop: another revision");
  };
  const failing = 'throw new Error("DATABASE_URL is not set");';
  await change('const revision = "first";', `${failing}\nconst revision = "second";`);
  const message = await step("pulumi up: a shop that ends as it starts", () => messageOf(() => engine.up()));
  const said = ["FL2204", "rollout of shop failed", "DATABASE_URL is not set", "exit code 1", "serves as before"];
  expectEqual(
    "up fails, and says why",
    said.filter((text) => !message.includes(text)),
    [],
  );
  expectEqual("the revision before serves", await client.page(), "first");
  const again = await step("pulumi up: again", () => messageOf(() => engine.up()));
  expectEqual(
    "up again asks ECS again, and fails again",
    said.filter((text) => !again.includes(text)),
    [],
  );

  await change(`${failing}\n`, "");
  await step("pulumi up: mended", () => engine.up());
  expectEqual("what was mended serves", await client.page(), "second");
  const failures = await client.end();
  expectEqual(`none of ${client.asked} requests failed`, failures, []);
  await checkFixes(engine, checkout, aws, turn);
  await checkIncident(engine, checkout, aws, url);
  await step(`pulumi destroy of ${stackName}`, () => engine.destroy());
}

/** The target group of a service of the stack. */
async function targetGroupOf(aws: AwsAccount, service: string): Promise<string> {
  const described = await aws.access.query("elasticloadbalancing", { Action: "DescribeTargetGroups" });
  const names = elements(described, "member").filter((group) => element(group, "TargetGroupName")?.includes(service));
  return element(names[0]!, "TargetGroupArn")!;
}
