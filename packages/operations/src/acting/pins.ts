import { accessSync, constants, existsSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { coded, configurationFile, isMap, pinnedImagesKey, UserError, type PinnedDigest } from "@fairlead/model";
import { editedYaml, YamlSource, type YamlEdit } from "@fairlead/model/files";
import type { Project } from "@fairlead/plan";

/** Where a stack's pins are written. */
export type PinPlace = Pick<Project, "configFolder" | "name">;

/** Path of the stack's configuration, from a folder. */
export function pinFile({ configFolder }: PinPlace, stack: string): string {
  return join(configFolder, configurationFile(stack));
}

/** Full key of the stack's configuration. */
export const pinKey = ({ name }: Pick<PinPlace, "name">) => `${name}:${pinnedImagesKey}`;

/** A pin that is to be written into a stack's configuration, or taken out of it; all else in the file stays as it is. */
export class PinEdit {
  private readonly file: string;
  private readonly key: string;

  constructor(
    place: PinPlace,
    stack: string,
    private readonly service: string,
    /** Undefined takes it out. */
    private readonly pin: PinnedDigest | undefined,
  ) {
    const file = pinFile(place, stack);
    this.file = existsSync(file) ? realpathSync(file) : file;
    this.key = pinKey(place);
  }

  /** @throws UserError where it could not be written: to be known before ECS is asked for something */
  insist(): void {
    this.newText();
    if (!existsSync(this.file)) return;
    try {
      accessSync(this.file, constants.W_OK);
    } catch (error) {
      throw this.unwritable((error as Error).message);
    }
    // Root may write it all the same, and whoever made it so didn't mean that.
    if ((statSync(this.file).mode & 0o222) === 0) throw this.unwritable("nobody may write it");
  }

  /**
   * Writes it once something else is done, which is not begun where it can't be written.
   *
   * @throws UserError as `insist` does
   */
  async writeAfter<T>(act: () => Promise<T>): Promise<T> {
    this.insist();
    const beside = `${this.file}.new`;
    try {
      writeFileSync(beside, this.newText(), existsSync(this.file) ? { mode: statSync(this.file).mode } : {});
    } catch (error) {
      throw this.unwritable((error as Error).message);
    }
    try {
      const done = await act();
      renameSync(beside, this.file);
      return done;
    } finally {
      rmSync(beside, { force: true });
    }
  }

  private newText(): string {
    const text = this.read();
    const edited = editedYaml(text, this.edits(new YamlSource(this.file, text, { syntax: "FL2807", duplicateKey: "FL2807" })));
    if ("text" in edited) return edited.text;
    throw this.refused(edited, edited.problem, `Write what it stands for there, without an anchor, then run this again.`);
  }

  private read(): string {
    try {
      return existsSync(this.file) ? readFileSync(this.file, "utf8") : "";
    } catch (error) {
      throw this.unwritable((error as Error).message);
    }
  }

  private edits(source: YamlSource<"FL2807">): YamlEdit[] {
    if (source.problems.length > 0) throw new UserError(this.heading, source.problems);
    const { config } = (source.value ?? {}) as { config?: Record<string, unknown> };
    const path = ["config", this.key];
    const written = config?.[this.key];
    // `pulumi config set` writes the JSON that it is given, as a text.
    const pins = typeof written === "string" ? parsed(written) : (written ?? {});
    if (!isMap(pins) || typeof pins.secure === "string") {
      const fix = `pulumi config set --path '${this.key}.${this.service}.tag' <tag>, and so the digest; or remove the key.`;
      throw this.refused(source.locate(path), `${this.key} is no map of pins`, fix);
    }
    const others = Object.fromEntries(Object.entries(pins).filter(([name]) => name !== this.service));
    const pinned = this.pin ? { ...pins, [this.service]: { tag: this.pin.tag, digest: this.pin.digest } } : others;
    return [{ path, value: Object.keys(pinned).length > 0 ? pinned : undefined }];
  }

  private get heading(): string {
    return `${this.service} can't be pinned${this.pin ? "" : " otherwise"} in ${this.file}:`;
  }

  private refused(place: { line: number; column: number }, problem: string, fix: string): UserError {
    const { line, column } = place;
    return new UserError(this.heading, [
      { code: "FL2807", file: this.file, line, column, problem, expected: "a map from services to tag and digest, written there", fix },
    ]);
  }

  private unwritable(why: string): UserError {
    return new UserError(
      coded("FL2807", `${this.heading} ${why}. Nothing was changed.\nfix: make the file writable, then run this again.`),
    );
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
