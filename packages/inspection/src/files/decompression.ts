import * as zlib from "node:zlib";
import { ImageError, type Descriptor } from "@fairlead/images";

import type { Share } from "../budget";
import { unzstd } from "./zstd";

/** Bytes that go to another thread, or come from it, at once: each way costs as much as some 64 KiB. */
export const chunkSize = 512 * 1024;

type Compression = "gzip" | "zstd" | "none";
const names = { gzip: "gzip", zstd: "Zstandard" };

/** By their first bytes, as containerd tells them, whatever the media type says. */
function compressionOf(head: Buffer): Compression {
  if (head.length >= 3 && head.readUIntBE(0, 3) === 0x1f8b08) return "gzip";
  const magic = head.length >= 4 ? head.readUInt32LE(0) : 0;
  return magic === 0xfd2fb528 || (head.length >= 8 && (magic & 0xfffffff0) === 0x184d2a50) ? "zstd" : "none";
}

const dockerLayer = /^application\/vnd\.docker\.image\.rootfs\.(foreign\.)?diff\.tar(\.gzip|\.zstd)?$/;
const compressedLayer = /^application\/vnd\.oci\.image\.layer\.(nondistributable\.)?v1\.tar\+(gzip|zstd)$/;
/** Of these containerd takes the bytes as they are. */
const plainLayer =
  /^application\/vnd\.oci\.image\.layer\.(nondistributable\.)?v1\.tar$|^application\/vnd\.docker\.image\.rootfs\.(foreign\.)?diff\.tar\+/;

/**
 * What makes of a layer's bytes its tar.
 *
 * @returns undefined where they are it
 * @throws ImageError for what no runtime unpacks
 * @see https://github.com/containerd/containerd/blob/main/core/images/mediatypes.go
 */
export function decompressor(
  { mediaType = "" }: Descriptor,
  head: Buffer,
  share: Share,
  what: string,
): zlib.Gunzip | ((chunks: AsyncIterable<Buffer>) => AsyncIterable<Buffer>) | undefined {
  if (![dockerLayer, compressedLayer, plainLayer].some((type) => type.test(mediaType)))
    throw new ImageError("FL2117", `${what} is a ${mediaType.slice(0, 200) || "layer of no type"}, which no container runtime unpacks`);
  const compression = compressionOf(head);
  if (compression === "none") return undefined;
  if (plainLayer.test(mediaType))
    throw new ImageError(
      "FL2122",
      `${what} is compressed with ${names[compression]}, and its media type ${mediaType.slice(0, 200)} says that it is not`,
    );
  return compression === "gzip"
    ? zlib.createGunzip({ chunkSize, highWaterMark: 2 * chunkSize } as zlib.ZlibOptions)
    : (chunks) => unzstd(chunks, share, what);
}
