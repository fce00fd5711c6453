import { createHash, type Hash } from "node:crypto";
import type { Readable } from "node:stream";
import { ImageError, type Descriptor } from "@fairlead/images";

import type { Share } from "../budget";
import { chunkSize } from "./decompression";

/** A layer's bytes as they come, which are what its digest says, or not. */
export class SentLayer {
  bytes = 0;
  private readonly algorithm: string;
  private readonly hash: Hash;
  private readonly pieces: AsyncGenerator<Buffer>;
  private isCutOff = false;

  constructor(
    content: Readable,
    private readonly layer: Descriptor,
    private readonly share: Share,
    private readonly what: string,
  ) {
    this.algorithm = layer.digest.split(":")[0]!;
    this.hash = createHash(this.algorithm);
    this.pieces = share.pieces(content, chunkSize);
    content.once("error", () => (this.isCutOff = true));
  }

  /** The next piece; undefined at the end. */
  async next(): Promise<Buffer | undefined> {
    this.share.checkTime();
    const { value, done } = await this.pieces.next();
    if (done) return undefined;
    this.bytes += value.length;
    this.hash.update(value);
    if (this.bytes <= this.layer.size) return value;
    throw new ImageError("FL2114", `${this.what} has more than the ${this.layer.size} bytes that the manifest says`);
  }

  /**
   * Whatever became of it: what was damaged on its way is no image's fault, so the rest has to come as well.
   *
   * @param isUnpacked what is whole, and has fewer bytes than it should, was not cut off
   * @throws ImageError for what is not what its digest says
   */
  async verify(isUnpacked: boolean): Promise<void> {
    try {
      while (await this.next()) continue;
    } catch (error) {
      if (!this.isCutOff) throw error;
    }
    const { layer, what } = this;
    if (this.bytes < layer.size)
      throw isUnpacked && !this.isCutOff
        ? new ImageError("FL2114", `${what} has ${this.bytes} bytes, the manifest says ${layer.size}`)
        : new ImageError("FL2121", `${what} ends after ${this.bytes} of ${layer.size} bytes`, true);
    const digest = `${this.algorithm}:${this.hash.digest("hex")}`;
    if (digest !== layer.digest) throw new ImageError("FL2114", `${what} is ${digest}, not what its digest says`);
  }
}
