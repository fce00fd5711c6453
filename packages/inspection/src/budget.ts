import type { Readable } from "node:stream";
import { ImageError, type ImageSource } from "@fairlead/images";

import { limits } from "./limits";

/** More than there is room for beside what else is read at the time. */
export class OutOfMemory extends ImageError {
  constructor() {
    super("FL2126", `its files, programs and texts take more than ${limits.memoryBytes / 1024 ** 2} MiB of memory`);
  }
}

/**
 * What an inspection may take, for all of an image's platforms together: memory for what it keeps, and time of its own. While all that is going on waits
 * for the registry, no time passes.
 */
export class Budget {
  private taken = 0;
  /** Of decoders, at the moment and at most. */
  private decoding = { bytes: 0, most: 0 };
  private running = 0;
  private waiting = 0;
  private ownMilliseconds = 0;
  private since = performance.now();

  /** @throws OutOfMemory */
  take(bytes: number): void {
    this.taken += bytes;
    if (this.taken > limits.memoryBytes) throw new OutOfMemory();
  }

  /**
   * Takes what a decoder needs that keeps its memory for whoever decodes next, and so never gives it back.
   *
   * @returns how to say that it is free for the next one
   * @throws OutOfMemory
   */
  takeForDecoder(bytes: number): () => void {
    const { decoding } = this;
    const more = Math.max(0, decoding.bytes + bytes - decoding.most);
    if (this.taken + more > limits.memoryBytes) throw new OutOfMemory();
    this.taken += more;
    decoding.most += more;
    decoding.bytes += bytes;
    return () => (decoding.bytes -= bytes);
  }

  /** Runs one platform's part, and gives back what memory it took. */
  async run<T>(work: (share: Share) => Promise<T>): Promise<T> {
    const share = new Share(this);
    this.change(() => this.running++);
    try {
      return await work(share);
    } finally {
      this.change(() => this.running--);
      this.taken -= share.taken;
    }
  }

  /** @throws ImageError once the time is over */
  checkTime(): void {
    this.change(() => undefined);
    if (this.ownMilliseconds > limits.seconds * 1000)
      throw new ImageError("FL2126", `reading it takes more than ${limits.seconds} seconds, without what the registry took`);
  }

  /** Waits for the registry, or the disk. */
  async wait<T>(work: Promise<T>): Promise<T> {
    this.change(() => this.waiting++);
    try {
      return await work;
    } finally {
      this.change(() => this.waiting--);
    }
  }

  private change(how: () => void): void {
    const now = performance.now();
    if (this.running === 0 || this.waiting < this.running) this.ownMilliseconds += now - this.since;
    this.since = now;
    how();
  }
}

/** One platform's part of it. */
export class Share {
  taken = 0;

  constructor(readonly budget: Budget) {}

  /** @throws OutOfMemory */
  take(bytes: number): void {
    this.taken += bytes;
    this.budget.take(bytes);
  }

  give(bytes: number): void {
    this.take(-bytes);
  }

  checkTime(): void {
    this.budget.checkTime();
  }

  /** Content in pieces of about a size, without the time that they take to come. */
  async *pieces(content: Readable, size: number): AsyncGenerator<Buffer> {
    const iterator = content[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    let chunks: Buffer[] = [];
    let gathered = 0;
    for (;;) {
      const { value, done } = await this.budget.wait(iterator.next());
      if (!done) gathered += chunks[chunks.push(value as Buffer) - 1]!.length;
      if (gathered >= size || (done && gathered > 0)) {
        yield chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, gathered);
        chunks = [];
        gathered = 0;
      }
      if (done) return;
    }
  }
}

/** The same source, of which nobody has to wait on our time. */
export function waitedFor(source: ImageSource, budget: Budget): ImageSource {
  return {
    name: source.name,
    root: () => budget.wait(source.root()),
    manifest: (descriptor) => budget.wait(source.manifest(descriptor)),
    blob: (descriptor) => budget.wait(source.blob(descriptor)),
    ...(source.holds && { holds: (descriptor) => source.holds!(descriptor) }),
  };
}
