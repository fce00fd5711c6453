import type { FileProblem } from "@fairlead/model";

import type { Claims } from "../findings/claims";
import { sourceName } from "../findings/sourceName";
import { parseSources } from "../source/parseSource";
import type { SourceFiles } from "../source/sourceFiles";
import type { MapNode, SourceNode } from "../source/sourceNode";
import { environmentFile } from "./environmentFile";
import { interpolated } from "./interpolate";

/** What reading the files of a project needs, and what comes to light meanwhile. */
export class ProjectReader {
  /** Variables that nobody here knows, by the text that has them. */
  readonly unknown = new Map<SourceNode, readonly string[]>();

  constructor(
    readonly files: SourceFiles,
    readonly claims: Claims,
    readonly problems: FileProblem[],
  ) {}

  /** A file's map with its variables filled in, or one of each of its documents; none, with a problem, where it has none. */
  read(path: string, values: ReadonlyMap<string, string>): MapNode[] {
    const text = this.files.read(path);
    if (text === undefined) {
      this.problem("FL2901", { file: path, line: 1, column: 1 }, "there is no such file, or it is no text", "a Compose file");
      return [];
    }
    const documents = parseSources(path, text, "FL2901", "Compose");
    return documents.flatMap(({ root, problems }) => {
      this.problems.push(...problems);
      const isEmpty = root?.kind === "scalar" && root.isNull && documents.length > 1;
      return root && !isEmpty ? (this.filledIn(root, values) ?? []) : [];
    });
  }

  private filledIn(root: SourceNode, values: ReadonlyMap<string, string>): MapNode | undefined {
    if (root.kind !== "map") {
      this.problem("FL2901", root.place, "this is no map of keys", "a Compose file: a map with services");
      return undefined;
    }
    const filledIn = interpolated(root, {
      values,
      onUnknown: (origin, variables) => this.unknown.set(origin, [...(this.unknown.get(origin) ?? []), ...variables]),
      onRefused: ({ place, path: keys }) =>
        this.problem(
          "FL2904",
          place,
          `${sourceName(keys)} has a $ that begins no variable`,
          "$NAME, ${NAME}, or $$ for the letter itself",
          true,
        ),
    });
    return filledIn as MapNode;
  }

  /** Variables of the `.env` files of a project, the later ones before the earlier. */
  values(paths: readonly string[]): Map<string, string> {
    const values = new Map<string, string>();
    for (const path of paths)
      for (const [name, { value }] of environmentFile(this.files.read(path) ?? "", values))
        if (value !== undefined) values.set(name, value);
    return values;
  }

  /** That a later file takes the place of something: it has no effect with Compose either. */
  replaced(before: SourceNode, by: SourceNode): void {
    const { place, path } = before.origin;
    // What is taken away stands for nothing itself.
    if (before === by) return this.claims.cover(before);
    if (this.claims.unclaimed(before).length === 0) return;
    const text = `${by.origin.place.file}:${by.origin.place.line} takes its place.`;
    const service = path[0] === "services" && path.length > 1 ? String(path[1]) : undefined;
    this.claims.claim(before, { outcome: "ignored", place, source: sourceName(path), service, text });
  }

  /** @param isSecret whether its line may hold a password, and is not shown */
  problem(
    code: FileProblem["code"],
    place: { file: string; line: number; column: number },
    problem: string,
    expected: string,
    isSecret = false,
  ): void {
    if (this.problems.some((known) => known.file === place.file && known.line === place.line && known.column === place.column)) return;
    this.problems.push({
      code,
      ...place,
      problem,
      expected,
      isSecret,
      consequence: "Compose refuses it as well.",
      fix: "Correct it in the source, and import again.",
    });
  }
}
