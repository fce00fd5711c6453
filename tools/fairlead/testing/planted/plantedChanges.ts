import type { WrittenChange } from "../written/writtenChange";
import compositions from "./compositions.json";
import manifests from "./manifests.json";
import secondCompositions from "./secondCompositions.json";
import secondManifests from "./secondManifests.json";
import thirdCompositions from "./thirdCompositions.json";
import thirdManifests from "./thirdManifests.json";

/** One of those that were planted among others. */
export interface PlantedChange extends WrittenChange {
  /** What whoever reviews it has to do: nothing, or think before. */
  grade: "harmless" | "dangerous";
  why: string;
}

/** Each by two people who had read the documents and none of the code that judges: as many harmless as dangerous ones. */
export const plantedSets = {
  first: [...manifests, ...compositions] as PlantedChange[],
  second: [...secondManifests, ...secondCompositions] as PlantedChange[],
  third: [...thirdManifests, ...thirdCompositions] as PlantedChange[],
};
