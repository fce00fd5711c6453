import { ImageError, type Descriptor, type ImageSource } from "@fairlead/images";

import { Share } from "../budget";
import { FileTree, type Directory, type File } from "./fileTree";
import { KeptTexts } from "./keptTexts";
import { readLayer } from "./layer";
import { ProbeMemory } from "./probeMemory";
import { UnpackedSize } from "./unpackedSize";

/** Folders whose sources are read in a second reading. */
const mostFolders = 200;
const source = /\.([cm]?[jt]s|json|py)$/;

/** What a second reading needs: the layers that were read before. */
export interface ReadBefore {
  source: ImageSource;
  layers: readonly Descriptor[];
  diffIds: readonly string[];
  tree: FileTree;
  share: Share;
}

/**
 * Reads the sources below some folders, which most images need none of, from the layers that hold them.
 *
 * @returns whether there were any
 */
export async function readAgain(
  folders: ReadonlySet<string>,
  { source: from, layers, diffIds, tree, share }: ReadBefore,
): Promise<boolean> {
  const wanted = [...folders].slice(0, mostFolders);
  const texts = new KeptTexts(share, (path) =>
    source.test(path) && wanted.some((folder) => path.startsWith(`${folder}/`)) ? "source" : undefined,
  );
  const numbers = new Set(wanted.flatMap((folder) => layersOf(tree, folder)));
  // All but the texts is given back.
  const aside = new Share(share.budget);
  try {
    for (const number of numbers) {
      const again = new FileTree();
      const layer = layers[number]!;
      const kept = { tree: again, texts, probes: new ProbeMemory(aside), unpacked: new UnpackedSize(), share: aside };
      await readLayer(await from.blob(layer), layer, { ...kept, number, diffId: diffIds[number] });
      for (const folder of wanted) copyTexts(again, tree, folder, number);
    }
  } catch (error) {
    // What was found without them stays found.
    if (!(error instanceof ImageError)) throw error;
  } finally {
    aside.give(aside.taken);
  }
  return numbers.size > 0;
}

/** Layers that brought the files below a folder. */
function layersOf(tree: FileTree, path: string): number[] {
  const numbers = new Set<number>();
  eachFile(tree, path, (file) => numbers.add(file.layer));
  return [...numbers];
}

function copyTexts(from: FileTree, to: FileTree, folder: string, layer: number): void {
  eachFile(to, folder, (file, path, directory, name) => {
    const found = file.layer === layer && file.text === undefined ? from.resolve(path) : undefined;
    // One file stands for all that nothing more is known of.
    if (found?.found && found.node.kind === "file") directory.entries.set(name, { ...file, text: found.node.text });
  });
}

type Visit = (file: File, path: string, directory: Directory, name: string) => void;

function eachFile(tree: FileTree, path: string, visit: Visit): void {
  const found = tree.resolve(path);
  if (!found.found || found.node.kind !== "directory") return;
  const waiting = [{ directory: found.node, at: found.path }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const [name, node] of [...next.directory.entries]) {
      const at = `${next.at}/${name}`;
      if (node.kind === "directory") waiting.push({ directory: node, at });
      else if (node.kind === "file") visit(node, at, next.directory, name);
    }
  }
}
