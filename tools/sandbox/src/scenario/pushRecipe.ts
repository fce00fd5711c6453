import { imagesOf, type Recipe } from "../corpus/corpusImage";
import { partsOfLayer } from "../corpus/layer";
import type { Assembly } from "../corpus/layouts";
import { provideParts } from "../corpus/parts";
import { pushLayout } from "../machine/pushLayout";
import { registryClient } from "../registryAccess";

/** Assembles an image and pushes it; returns its reference by digest. */
export async function pushRecipe(
  assembly: Assembly,
  registryHost: string,
  repository: string,
  recipe: Recipe,
  architecture?: "arm64",
): Promise<string> {
  const [image] = imagesOf("task setting", { [repository]: recipe });
  await provideParts(image!.layers.flatMap(partsOfLayer), process.env);
  const { layout } = await assembly.build({ ...image!, architecture });
  const digest = await pushLayout(layout, registryClient(registryHost), repository, "1");
  return `${registryHost}/${repository}@${digest}`;
}
