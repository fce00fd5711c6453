import { inspectImage } from "../src/inspectImage";
import type { Finding } from "../src/finding";
import type { ContainerSettings } from "../src/container/containerSettings";
import { layoutOf, type Entry } from "./testImage";

/** What is found in an image of these layers, for linux/amd64. */
export async function findingsOf(layers: Entry[][], config: Record<string, unknown>, run?: ContainerSettings): Promise<Finding[]> {
  const report = await inspectImage(await layoutOf(layers, config), { platforms: ["linux/amd64"], run, cache: false });
  return report.platforms[0]!.findings;
}

/** The same in short: `dies FL2104`. */
export async function verdictsOf(...image: Parameters<typeof findingsOf>): Promise<string[]> {
  return (await findingsOf(...image)).map(({ certainty, code }) => `${certainty} ${code}`);
}
