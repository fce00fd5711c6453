import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { imageCodes, type ImageCode } from "@fairlead/model";

import type { ImageReport, InspectArgs } from "./inspect";

/** What other checks, or other parsers of the same, found says nothing about these. */
let checks: string | undefined;
const digestOfChecks = () => (checks ??= digestOf([...sourcesIn(__dirname), readFileSync(join(__dirname, "..", "package.json"), "utf8")]));

/** What may be the transfer's fault, or a busy machine's, and not the image's. */
const ofTransfer: ImageCode[] = ["FL2114", "FL2118", "FL2121", "FL2122", "FL2126"];

/**
 * Reports of images by digest, in the user's cache folder: what a digest names never changes. Another platform or command is another
 * inspection.
 */
export class VerdictCache {
  constructor(private readonly given?: string) {}

  get(image: string, digest: string, args: InspectArgs): ImageReport | undefined {
    try {
      return { ...(JSON.parse(readFileSync(this.file(digest, args), "utf8")) as ImageReport), image };
    } catch {
      return undefined;
    }
  }

  put(report: ImageReport, args: InspectArgs): void {
    // What could not be read, or came damaged, may come whole in a minute.
    if (report.platforms.some(({ findings }) => findings.some(({ code }) => ofTransfer.includes(code)))) return;
    try {
      const file = this.file(report.digest, args);
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(`${file}.${process.pid}`, JSON.stringify(report));
      renameSync(`${file}.${process.pid}`, file);
    } catch {
      // Without a folder to write to, the next inspection takes as long as this one.
    }
  }

  /** Who has no account and no HOME has none: it throws. */
  private get folder(): string {
    return this.given ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "fairlead", "inspections");
  }

  private file(digest: string, { platforms, run }: InspectArgs): string {
    const key = digestOf([digestOfChecks(), imageCodes, digest, platforms ?? null, run ?? null]);
    return join(this.folder, `${key}.json`);
  }
}

function sourcesIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"));
}

function digestOf(parts: unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
