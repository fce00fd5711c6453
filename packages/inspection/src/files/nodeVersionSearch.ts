/** Names of Node's program, as distributions call it. */
export const programOfNode = /^node(js)?(-?\d+)?$/;

const mark = "node.js/v";
/** The mark, and the longest version behind it. */
const longest = 32;

/** Finds in what passes of Node's program the version that it tells debuggers: `node.js/v22.12.0`, wherever its parts are cut. */
export class NodeVersionSearch {
  /** Undefined for one that is no release. */
  version?: string;
  private rest = Buffer.alloc(0);

  add(chunk: Buffer): void {
    if (this.version !== undefined) return;
    const seam = Buffer.concat([this.rest, chunk.subarray(0, longest)]);
    this.version = versionIn(seam) ?? versionIn(chunk);
    const last = chunk.length >= longest ? chunk : seam;
    this.rest = Buffer.from(last.subarray(Math.max(0, last.length - longest + 1)));
  }
}

function versionIn(bytes: Buffer): string | undefined {
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
    const found = /^v(\d+\.\d+\.\d+)\0/.exec(bytes.toString("latin1", at + mark.length - 1, at + longest));
    if (found) return found[1];
  }
  return undefined;
}
