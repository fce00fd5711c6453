import { Field } from "../../fields/field";
import type { SourceNode } from "../../source/sourceNode";
import type { ServiceTranslation } from "../serviceTranslation";

/** A field of a node that was made of what stands in the file, such as the map of a list of `NAME=value`. */
export function fieldOf(translation: ServiceTranslation, node: SourceNode, path: Field["path"]): Field {
  return new Field(node, path, translation);
}
