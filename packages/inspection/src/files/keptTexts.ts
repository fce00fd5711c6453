import type { Share } from "../budget";
import { limits } from "../limits";
import { Window } from "./window";

/** What a text is kept for; each has a budget of its own, so that none takes it from another. */
type Purpose = "users" | "shell" | "source" | "package";

/** Which texts of an image are kept while its layers pass, for whoever needs more of a file than its first bytes. */
export class KeptTexts {
  private readonly bytes: Record<Purpose, number> = { users: 0, shell: 0, source: 0, package: 0 };

  /** @param purposeOf what a file's text is kept for; undefined for one that isn't */
  constructor(
    private readonly share: Share,
    private readonly purposeOf: (path: string, mode: number) => Purpose | undefined = usualPurpose,
  ) {}

  /** Takes in a file's content, if it is to be kept; undefined if not. What is beyond a budget is not: nothing is known of it. */
  keeperOf(path: string, size: number, mode: number): TextKeeper | undefined {
    const purpose = this.purposeOf(path, mode);
    const longest = lists.has(path) ? limits.accountsBytes : limits.textBytes;
    if (!purpose || size > longest || this.bytes[purpose] + size > limits.textsBytes) return undefined;
    this.bytes[purpose] += size;
    this.share.take(size);
    return new TextKeeper(size, () => (this.bytes[purpose] -= size));
  }
}

/** Keeps one text. */
export class TextKeeper {
  private readonly window: Window;

  constructor(
    size: number,
    private readonly release: () => void,
  ) {
    this.window = new Window(0, size);
  }

  add(chunk: Buffer): void {
    this.window.add(chunk);
  }

  /** Once all is in; undefined for what is no text after all. */
  text(): string | undefined {
    const { bytes } = this.window;
    if (!bytes.includes(0)) return bytes.toString("utf8");
    this.release();
    return undefined;
  }
}

const lists = new Set(["/etc/passwd", "/etc/group"]);
/** They may lie anywhere, with a link of /etc to them, as Nix makes them. */
const ofUsers = /[/.-](passwd|group)$/;

/** What package managers and languages install, and an image's own programs don't begin in. */
const installed = /\/(node_modules|site-packages|dist-packages|gems|vendor|share|lib\/python[\d.]+|lib\/ruby)\//;
const source =
  /\.(js|cjs|mjs|py|php|pth|runtimeconfig\.json)$|\/(artisan|release|package\.json|pyvenv\.cfg|gunicorn\.conf\.py|\.?npmrc|\.yarnrc|nginx\.conf|supervisord\.conf)$/;
const packageOfNode = /\/node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/;

/** Where loaders look, and what they load besides. */
const ofLoaders = /^\/etc\/(ld-musl-\w+\.path|ld\.so\.preload)$/;

function usualPurpose(path: string, mode: number): Purpose | undefined {
  if (ofUsers.test(path)) return "users";
  if (ofLoaders.test(path)) return "shell";
  if (packageOfNode.test(path)) return "package";
  if (source.test(path) && (!installed.test(path) || path.endsWith(".pth"))) return "source";
  return path.endsWith(".sh") || mode & 0o111 ? "shell" : undefined;
}
