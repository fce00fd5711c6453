import type { ImageCode } from "./imageCodes";

/** An image, or a part of it, that can't be read: what is wrong with it, in one sentence. */
export class ImageError extends Error {
  constructor(
    readonly code: ImageCode,
    message: string,
    /** Whether another attempt may go well: the transfer was cut off. */
    readonly transient = false,
  ) {
    super(message);
    this.name = "ImageError";
  }
}
