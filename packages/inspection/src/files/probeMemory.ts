import type { Share } from "../budget";

/** Bounds of what is kept of an image's programs and libraries; a large image has some thousands of them. */
const most = { files: 200_000, archives: 5000, texts: 2_000_000, textBytes: 16 * 1024 ** 2 };

/** About what they cost in memory: what is known of a file, a name in a list, a text that is kept once. */
const cost = { file: 400, reference: 16, text: 100 };

/** Bytes from a file's beginning that are kept while it passes: all of most programs, and of large ones what comes before their code. */
const longestHead = 16 * 1024 ** 2;

/** What reading an image's files needs once for all of them: they come one after the other. */
export class ProbeMemory {
  private readonly texts = new Map<string, string>();
  private files = 0;
  private archives = 0;
  private kept = 0;
  private textBytes = 0;
  private buffer = Buffer.allocUnsafeSlow(64 * 1024);

  constructor(private readonly share: Share) {}

  /** Whether what is found of one more file may be kept. */
  admit(): boolean {
    this.share.take(cost.file);
    return ++this.files <= most.files;
  }

  /** Whether one more archive's manifest may be read. */
  admitArchive(): boolean {
    return ++this.archives <= most.archives;
  }

  /** Keeps one of texts that are equal: libraries are named alike thousands of times. Undefined once there are too many. */
  readonly keep = (text: string): string | undefined => {
    if (++this.kept > most.texts) return undefined;
    this.share.take(cost.reference);
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    this.textBytes += text.length;
    if (this.textBytes > most.textBytes) return undefined;
    this.share.take(text.length + cost.text);
    this.texts.set(text, text);
    return text;
  };

  /** Puts a chunk behind what is there of the same file; returns how much of it found room. */
  append(chunk: Buffer, at: number, longest: number): number {
    const length = Math.max(0, Math.min(chunk.length, Math.min(longest, longestHead) - at));
    if (at + length > this.buffer.length) {
      this.share.take(Math.min(longestHead, Math.max(at + length, this.buffer.length * 2)) - this.buffer.length);
      const larger = Buffer.allocUnsafeSlow(Math.min(longestHead, Math.max(at + length, this.buffer.length * 2)));
      this.buffer.copy(larger, 0, 0, at);
      this.buffer = larger;
    }
    chunk.copy(this.buffer, at, 0, length);
    return length;
  }

  /** What was put there. Another file's bytes take its place. */
  head(length: number): Buffer {
    return this.buffer.subarray(0, length);
  }
}
