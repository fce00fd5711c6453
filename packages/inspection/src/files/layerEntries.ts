import { ImageError } from "@fairlead/images";

import { finding, may, type Finding } from "../finding";
import { limits } from "../limits";
import type { EntryContent, TarEntry } from "../tar/tarEntry";
import { capability, includes } from "../tar/fileCapabilities";
import type { FileContent } from "./fileContent";
import { WordSearch } from "./wordSearch";
import { FileProbe } from "./fileProbe";
import { directory, type File, type Node } from "./fileTree";
import type { LayerContext } from "./layerContext";
import { Names } from "./names";
import { NodeVersionSearch, programOfNode } from "./nodeVersionSearch";

const whiteout = ".wh.";
const opaque = ".wh..wh..opq";

/** About what they cost in memory: an entry with its name, a directory, what is known of a file. */
const cost = { entry: 120, directory: 400, file: 120 };

/** Adds a layer's entries to the tree as they come, as containerd unpacks them. */
export class LayerEntries {
  /** What is to be told, and stops nothing. */
  readonly told: Finding[] = [];
  private readonly names = new Names();
  /** Files of which nothing but mode and owner is known, one for each of these: an image has millions of them. */
  private readonly alike = new Map<string, File>();
  /** Files that have several names. */
  private readonly linked = new WeakSet<Node>();

  constructor(
    private readonly context: LayerContext,
    private readonly what: string,
  ) {}

  /** @throws ImageError for what can't be unpacked */
  open(entry: TarEntry): EntryContent | undefined {
    this.context.share.checkTime();
    const path = this.pathOf(entry.name);
    const name = path.at(-1);
    if (name === undefined) return undefined;
    const { tree, number, unpacked } = this.context;
    const [folder, hidden] = [path.slice(0, -1), name.slice(whiteout.length)];
    if (name === opaque) return this.counted(cost.directory, () => tree.hideAll(folder, number));
    if (name.startsWith(whiteout)) return this.counted(cost.directory, () => tree.hide([...folder, hidden], number));
    if (entry.kind === "file") {
      unpacked.addFile(`/${path.join("/")}`, entry.size, entry.stored);
      return this.readFile(entry, path);
    }
    this.add(path, entry.kind === "hardLink" ? this.hardLink(entry) : this.nodeOf(entry));
    return undefined;
  }

  private nodeOf({ kind, mode, uid, gid, target }: TarEntry): Node {
    const { number: layer } = this.context;
    if (kind === "directory") return directory(layer, mode & 0o7777, uid, gid);
    const owned = { mode: mode & 0o7777, uid, gid, layer };
    if (kind !== "symbolicLink") return { kind: "special", ...owned };
    if (target === "" || Buffer.byteLength(target) > limits.pathBytes)
      throw this.refused("a symbolic link", "to nothing, or to a path that is too long", target);
    this.context.share.take(target.length);
    return { kind: "link", target, ...owned };
  }

  /** A second name for a file, whose mode and owner change with it. */
  private hardLink({ target, mode, uid, gid, capabilities }: TarEntry): Node {
    const { tree, number: layer } = this.context;
    const path = this.pathOf(target);
    const node = tree.at(path);
    if (!node || node.kind === "directory")
      throw this.refused("a hard link to", node ? "which is a directory" : "which is not there", target);
    if (node.layer < layer) {
      const problem = `${this.what} has a hard link to ${shown(target)} of a layer below: most runtimes find no file there`;
      this.tell(
        may(finding("FL2127", problem, "Build it with docker or BuildKit, which write both names into one layer.", `/${path.join("/")}`)),
      );
    }
    // A change of owner takes a file's capabilities away.
    const changes = { mode: mode & 0o7777, uid, gid, capabilities };
    if (this.linked.has(node)) return Object.assign(node, changes);
    const own = { ...node, ...changes, layer };
    this.linked.add(own);
    if (node.layer === layer) this.add(path, own);
    return own;
  }

  /** Reads of a file what tells how Linux would start or load it, who the users are, and texts that are wanted. Debian's libraries have no exec bit. */
  private readFile(entry: TarEntry, path: string[]): EntryContent {
    const at = `/${path.join("/")}`;
    const probe = new FileProbe(this.context.probes);
    const keeper = this.context.texts.keeperOf(at, entry.size, entry.mode);
    const pipefail = path.at(-1) === "dash" ? new WordSearch("pipefail") : undefined;
    const version = programOfNode.test(path.at(-1)!) ? new NodeVersionSearch() : undefined;
    return {
      add: (chunk) => {
        probe.add(chunk);
        keeper?.add(chunk);
        pipefail?.add(chunk);
        version?.add(chunk);
      },
      end: () => {
        const file = this.fileOf(entry, probe.content(), keeper?.text());
        if (pipefail && file.content?.kind === "elf") file.hasPipefail = pipefail.isFound;
        if (version && file.content?.kind === "elf") file.nodeVersion = version.version;
        this.add(path, file);
      },
    };
  }

  private fileOf({ mode, uid, gid, capabilities }: TarEntry, content: FileContent | undefined, text: string | undefined): File {
    const file: File = { kind: "file", mode: mode & 0o7777, uid, gid, layer: this.context.number, content, text, capabilities };
    const isAlike = !text && !capabilities && (content === undefined || !("elf" in content || "interpreter" in content));
    if (capabilities && includes(capabilities.permitted, capability.netBindService)) this.context.tree.bindsPorts = true;
    if (!isAlike) {
      this.context.share.take(cost.file);
      return file;
    }
    const signature = content?.kind === "foreign" ? `${content.signature.description} ${JSON.stringify(content.archive)}` : "";
    const key = `${file.mode},${uid},${gid},${content?.kind},${text},${signature}`;
    const known = this.alike.get(key);
    if (known) return known;
    this.context.share.take(cost.file);
    this.alike.set(key, file);
    return file;
  }

  private add(path: string[], node: Node): void {
    this.counted(path.at(-1)!.length + (node.kind === "directory" ? cost.directory : 0), () => this.context.tree.add(path, node));
  }

  /** Folders that the layer leaves out are made on the way: what is made last is what is added. */
  private counted(last: number, change: () => void): undefined {
    const { tree, share } = this.context;
    const before = tree.size;
    change();
    const made = tree.size - before;
    if (made > 0) share.take(made * cost.entry + (made - 1) * cost.directory + last);
  }

  /** Names in a layer are below its root, however they are written. */
  private pathOf(name: string): string[] {
    const { path, leadsOut } = this.names.clean(name);
    if (leadsOut) {
      const problem = `${this.what} holds ${shown(name)}, which leads out of the image: containerd puts it below the image's root, Docker refuses the image`;
      this.tell(may(finding("FL2116", problem, "Don't use the image. Find out who made it.")));
    }
    if (path.some((part) => part.length > limits.nameBytes / 4 && Buffer.byteLength(part) > limits.nameBytes))
      throw this.refused("a name of more than", `${limits.nameBytes} bytes`, name);
    if (name.length > limits.pathBytes / 4 && Buffer.byteLength(path.join("/")) > limits.pathBytes)
      throw this.refused("a path of more than", `${limits.pathBytes} bytes`, name);
    return path;
  }

  private refused(kind: string, problem: string, name: string): ImageError {
    return new ImageError("FL2127", `${this.what} holds ${kind} ${problem}: ${shown(name)}`);
  }

  /** The first of a kind tells of all. */
  private tell(found: Finding): void {
    if (!this.told.some(({ code }) => code === found.code)) this.told.push(found);
  }
}

function shown(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}
