import { join } from "node:path";

import { provideMoto } from "../aws/moto";
import { expectEqual } from "../expectations";
import { run } from "../machine/run";
import { step } from "../progress";
import { messageOf } from "./common";

const sources = join(__dirname, "../../moto");

/** Asks the API, by boto3, for what AWS refuses: what answers here must refuse it too, or an `up` that succeeds proves nothing. */
export async function checkRefusals(env: NodeJS.ProcessEnv): Promise<void> {
  const python = await provideMoto();
  const own = { ...env, AWS_CA_BUNDLE: undefined, PYTHONDONTWRITEBYTECODE: "1" };
  const ask = () => messageOf(() => run(python, ["-m", "unittest", "test_strict"], { cwd: sources, env: own }));
  expectEqual("the API refuses what AWS refuses", await step("Requests that AWS refuses", ask), "");
}
