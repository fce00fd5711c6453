import { join } from "node:path";

import { provideMoto } from "../aws/moto";
import { expectEqual } from "../expectations";
import { run } from "../machine/run";
import { step } from "../progress";
import { messageOf } from "./common";

const sources = join(__dirname, "../../moto");

/** Asks an API like the one here, by boto3, for what AWS refuses, and for what moto lacks: else an `up` that succeeds proves nothing. */
export async function checkRefusals(env: NodeJS.ProcessEnv): Promise<void> {
  const python = await provideMoto();
  const own = { ...env, AWS_CA_BUNDLE: undefined, PYTHONDONTWRITEBYTECODE: "1" };
  const ask = () => messageOf(() => run(python, ["-m", "unittest", "discover"], { cwd: sources, env: own }));
  expectEqual("the API refuses what AWS refuses, and keeps what it is told", await step("The tests of what answers for AWS", ask), "");
}
