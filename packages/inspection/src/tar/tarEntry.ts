import type { FileCapabilities } from "./fileCapabilities";

/** What an entry of a tar makes. */
export type EntryKind = "file" | "directory" | "symbolicLink" | "hardLink" | "special";

export interface TarEntry {
  kind: EntryKind;
  name: string;
  /** Of links. */
  target: string;
  mode: number;
  uid: number;
  gid: number;
  /** As it is unpacked, holes and all. */
  size: number;
  /** Without its holes. */
  stored: number;
  capabilities?: FileCapabilities;
}

/** Takes in an entry's content. */
export interface EntryContent {
  add(chunk: Buffer): void;
  end(): void;
}
