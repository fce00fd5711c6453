import { startComposeEngine } from "../../machine/compose";
import { checkEngine } from "./engine";
import { checkProperties } from "./properties";

/** Environments on one machine, with Docker Compose and images that stand for public ones. */
export async function checkLocal(env: NodeJS.ProcessEnv): Promise<void> {
  const engine = await startComposeEngine(env);
  await checkEngine(engine);
  await checkProperties(engine);
}
