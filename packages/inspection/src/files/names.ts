/** Long enough for V8 to keep a part of a text as a view of the whole. */
const viewed = 13;

/** Takes apart the paths of a layer, which come one beside the other. */
export class Names {
  private last: string[] = [];

  /** A path without `.` and `..`, as Go cleans it before it is unpacked. */
  clean(name: string): { path: string[]; leadsOut: boolean } {
    const path: string[] = [];
    let leadsOut = false;
    for (const part of name.split("/")) {
      if (part === "" || part === ".") continue;
      if (part !== "..") path.push(this.own(part, path.length));
      else if (path.pop() === undefined) leadsOut ||= !name.startsWith("/");
    }
    this.last = path;
    return { path, leadsOut };
  }

  /** A text of its own: a view would keep the whole path for as long as the tree has the name. */
  private own(part: string, depth: number): string {
    if (part.length < viewed) return part;
    return this.last[depth] === part ? this.last[depth] : Buffer.from(part, "utf8").toString("utf8");
  }
}
