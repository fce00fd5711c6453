import { coded, type ImageCode } from "@fairlead/model";

/** An image, or a part of it, that can't be read. */
export class ImageError extends Error {
  constructor(
    readonly code: ImageCode,
    /** What is wrong with it, in one sentence. */
    readonly problem: string,
    /** Whether another attempt may go well: the transfer was cut off. */
    readonly transient = false,
  ) {
    super(coded(code, problem));
    this.name = "ImageError";
  }
}
