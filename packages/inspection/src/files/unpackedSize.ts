import { ImageError } from "@fairlead/images";

import { finding, may, type Finding } from "../finding";
import { limits } from "../limits";

const gibi = 1024 ** 3;

/** How much a platform's layers unpack to, all together, and out of how much. */
export class UnpackedSize {
  private before = { sent: 0, unpacked: 0 };
  private sent = 0;
  private unpacked = 0;
  private largest = { path: "", bytes: 0 };

  /** Of a layer, or of another attempt at it. */
  begin(): void {
    this.sent = this.unpacked = 0;
  }

  /** @throws ImageError for what fills a task's disk */
  add(bytes: number, sentOfLayer: number = this.sent): void {
    this.unpacked += bytes;
    this.sent = sentOfLayer;
    const total = this.before.unpacked + this.unpacked;
    const sent = this.before.sent + sentOfLayer;
    if (total > limits.unpackedBytes || (total > limits.taskDiskBytes && total > sent * limits.compressionRatio))
      throw new ImageError("FL2115", `its layers unpack to more than ${sizes(total, sent)}${this.largestFile()}`);
  }

  /** @param stored bytes of it that the layer has; the rest are holes */
  addFile(path: string, bytes: number, stored: number): void {
    if (bytes > this.largest.bytes) this.largest = { path, bytes };
    if (bytes > stored) this.add(bytes - stored);
  }

  end(): void {
    this.before = { sent: this.before.sent + this.sent, unpacked: this.before.unpacked + this.unpacked };
  }

  /** What is to be told of it once all layers are read. */
  findings(): Finding[] {
    const { sent, unpacked } = this.before;
    if (unpacked <= limits.suspiciousBytes || unpacked <= sent * limits.compressionRatio) return [];
    const { path } = this.largest;
    const fix = /\/(lastlog|faillog)$/.test(path)
      ? "It grows with the ids of users: add --no-log-init to useradd."
      : "Leave out what is empty, or make it when the program starts.";
    return [may(finding("FL2129", `its layers unpack to ${sizes(unpacked, sent)}${this.largestFile()}`, fix, path))];
  }

  private largestFile(): string {
    return this.largest.bytes > 0 ? `; its largest file is ${this.largest.path}, ${(this.largest.bytes / gibi).toFixed(1)} GiB` : "";
  }
}

function sizes(unpacked: number, sent: number): string {
  return `${(unpacked / gibi).toFixed(1)} GiB out of ${(sent / 1e6).toFixed(1)} MB`;
}
