import type { ImageCode } from "@fairlead/model";

/** One image of the corpus, as it is built. */
export interface CorpusImage {
  name: string;
  /** Lines of its Dockerfile. */
  dockerfile: string[];
  /** linux/amd64 by default, which its inspection asks for. */
  platforms?: string[];
  /** How buildx writes it, besides the usual. */
  output?: Record<string, string>;
  attest?: boolean;
  /** What its inspection must find, and nothing else; undefined for one that starts. */
  code?: ImageCode;
}

/** Debian with Node and dash, dynamic and of glibc: the stand-in for the official Node image. */
export const node = "FROM public.ecr.aws/docker/library/node:22-bookworm-slim";

/** Nothing but a static program. */
export const busybox = ["FROM scratch", "COPY programs/busybox-amd64 /bin/busybox"];

export const copyScript = (name: string) => `COPY scripts/${name} /app`;
