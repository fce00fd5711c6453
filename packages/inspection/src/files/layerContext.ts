import type { Share } from "../budget";
import type { FileTree } from "./fileTree";
import type { KeptTexts } from "./keptTexts";
import type { ProbeMemory } from "./probeMemory";
import type { UnpackedSize } from "./unpackedSize";

/** What reading a layer needs besides the layer. */
export interface LayerContext {
  tree: FileTree;
  texts: KeptTexts;
  probes: ProbeMemory;
  share: Share;
  /** Of all layers so far. */
  unpacked: UnpackedSize;
  /** Counts from 0, from the bottom. */
  number: number;
  /** Digest of the unpacked layer that the config promises. */
  diffId?: string;
}
