import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What a repository has: manifests by tag and by digest, blobs by digest. */
export interface RepositoryContent {
  /** Of the image that was pushed first. */
  digest: string;
  manifests: Record<string, string>;
  blobs: Record<string, string>;
}

export const digestOf = (text: string | Buffer) => `sha256:${createHash("sha256").update(text).digest("hex")}`;

/** A registry in this process, of what tests put into it. */
export class TestRegistry {
  readonly repositories = new Map<string, RepositoryContent>();
  /** What is asked of it, as `GET /v2/…`. */
  readonly asked: string[] = [];
  /** Whether it lists what refers to a digest, as ECR does, or has only tags for it, as Distribution. */
  listsReferrers = false;
  private readonly server: Server = createServer((request, response) => {
    this.asked.push(`${request.method} ${request.url}`);
    const [, repository, kind, reference] = /^\/v2\/(.+)\/(manifests|blobs|referrers)\/([^/?]+)/.exec(request.url!) ?? [];
    const content = this.repositories.get(repository ?? "");
    if (kind === "referrers" && this.listsReferrers && content) {
      const body = content.manifests[reference!.replace(":", "-")] ?? emptyIndex;
      return response.setHeader("content-type", "application/vnd.oci.image.index.v1+json").end(body);
    }
    const body = kind === "manifests" ? content?.manifests[reference!] : kind === "blobs" ? content?.blobs[reference!] : undefined;
    // With the list of referrers the tag that stands for it is not there.
    if (body === undefined || (this.listsReferrers && /^sha256-[0-9a-f]{64}$/.test(reference!))) return response.writeHead(404).end();
    if (kind === "manifests") response.setHeader("content-type", (JSON.parse(body) as { mediaType: string }).mediaType);
    response.end(body);
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Puts a repository into it. @returns the reference of its image, by digest */
  put(repository: string, content: RepositoryContent): string {
    this.repositories.set(repository, content);
    return `${this.host}/${repository}@${content.digest}`;
  }
}

const emptyIndex = JSON.stringify({ schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json", manifests: [] });

/** The content of a repository with an image for both platforms. */
export function imageContent(name: string): RepositoryContent {
  const content: RepositoryContent = { digest: "", manifests: {}, blobs: {} };
  const manifests = ["amd64", "arm64"].map((architecture) => ({
    ...putManifest(content, { config: putBlob(content, JSON.stringify({ architecture, name })), layers: [] }),
    platform: { os: "linux", architecture },
  }));
  content.digest = putIndex(content, manifests).digest;
  return content;
}

export function putBlob(content: RepositoryContent, text: string, mediaType = "application/vnd.oci.image.config.v1+json") {
  content.blobs[digestOf(text)] = text;
  return { mediaType, digest: digestOf(text), size: Buffer.byteLength(text) };
}

/** Adds an image's manifest, under its digest and under a tag. */
export function putManifest(content: RepositoryContent, parts: object, tag?: string) {
  return putDocument(content, { schemaVersion: 2, mediaType: "application/vnd.oci.image.manifest.v1+json", ...parts }, tag);
}

export function putIndex(content: RepositoryContent, manifests: object[], tag?: string) {
  return putDocument(content, { schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json", manifests }, tag);
}

function putDocument(content: RepositoryContent, document: { mediaType: string; [key: string]: unknown }, tag?: string) {
  const text = JSON.stringify(document);
  content.manifests[digestOf(text)] = text;
  if (tag !== undefined) content.manifests[tag] = text;
  return { mediaType: document.mediaType, digest: digestOf(text), size: Buffer.byteLength(text) };
}
