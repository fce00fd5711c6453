import { cloneRepository } from "../../checkout";
import { startComposeEngine } from "../../machine/compose";
import { checkEnvironment } from "./environment";
import { checkFailures } from "./failures";
import { checkImported } from "./imported";
import { checkInterrupted } from "./interrupted";
import { checkLoadBalancer } from "./loadBalancer";
import { checkProperties } from "./properties";
import { checkWatch } from "./watch";
import { checkWithDev } from "./withDev";

/** Environments on one machine, with Docker Compose and images that stand for public ones. */
export async function checkLocal(env: NodeJS.ProcessEnv): Promise<void> {
  const engine = await startComposeEngine(env);
  await checkProperties(engine);
  await checkLoadBalancer(engine);
  const checkout = await cloneRepository();
  await checkEnvironment(engine, checkout);
  await checkWatch(engine, checkout);
  await checkInterrupted(engine, checkout);
  await checkWithDev(engine, checkout);
  await checkFailures(engine, checkout);
  await checkImported(engine, checkout);
}
