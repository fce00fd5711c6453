import { expectEqual } from "../../expectations";
import { startComposeEngine } from "../../machine/compose";

/** An environment on one machine, with Docker Compose and images that stand for public ones. */
export async function checkLocal(env: NodeJS.ProcessEnv): Promise<void> {
  const engine = await startComposeEngine(env);
  const version = await engine.run(["docker", "compose", "version", "--short"]);
  expectEqual("docker compose is there", [version.status, version.stdout.trim()], [0, "2.40.3"]);
}
