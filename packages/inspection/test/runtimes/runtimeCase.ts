import type { ContainerSettings } from "../../src/container/containerSettings";
import { deflateRawSync } from "node:zlib";

import { elf, file, folder, link, type Entry } from "../../testing/testImage";

/** An image on {@link runtimeBase}, whose truth was seen by running it on Debian 12 with Node 22, Python 3.11, OpenJDK 17, PHP 8.2 and Ruby 3.1. */
export interface RuntimeCase {
  title: string;
  files: Entry[];
  command: string[];
  /** @default /app */
  workingDirectory?: string;
  environment?: string[];
  user?: string;
  run?: ContainerSettings;
}

export const text = (name: string, content: string) => file(name, content, 0o644);
export const json = (name: string, value: unknown) => text(name, JSON.stringify(value));
const program = (name: string) => file(name, elf());

/** Of Python's standard library what the cases import. */
const pythonParts = ["logging/__init__.py", "shutil.py", "sqlite3/__init__.py", "ssl.py", "types.py", "typing.py", "urllib/request.py"];

/** What the image's programs are called and lie in; not what they are. */
export const runtimeBase: Entry[] = [
  ...["bin/sh", "usr/bin/env", "usr/local/bin/node", "usr/bin/python3.11", "usr/bin/php8.2", "usr/bin/ruby3.1", "usr/bin/perl"].map(
    program,
  ),
  program("usr/lib/jvm/java-17-openjdk-amd64/bin/java"),
  link("usr/bin/java", "/etc/alternatives/java"),
  link("etc/alternatives/java", "/usr/lib/jvm/java-17-openjdk-amd64/bin/java"),
  link("usr/bin/python3", "python3.11"),
  link("usr/bin/php", "/etc/alternatives/php"),
  link("etc/alternatives/php", "/usr/bin/php8.2"),
  link("usr/bin/ruby", "ruby3.1"),
  file("usr/local/lib/node_modules/npm/bin/npm-cli.js", "#!/usr/bin/env node\n"),
  file("usr/local/lib/node_modules/npm/bin/npx-cli.js", "#!/usr/bin/env node\n"),
  link("usr/local/bin/npm", "../lib/node_modules/npm/bin/npm-cli.js"),
  link("usr/local/bin/npx", "../lib/node_modules/npm/bin/npx-cli.js"),
  file("usr/bin/bundle", "#!/usr/bin/ruby\n"),
  text("usr/lib/python3.11/os.py", ""),
  ...pythonParts.map((name) => text(`usr/lib/python3.11/${name}`, "")),
  text("usr/lib/python3.11/json/__init__.py", ""),
  text("usr/lib/python3.11/http/__init__.py", ""),
  text("usr/lib/python3.11/http/server.py", ""),
  link("usr/lib/python3.11/sitecustomize.py", "/etc/python3.11/sitecustomize.py"),
  text("etc/python3.11/sitecustomize.py", ""),
  text("usr/lib/python3/dist-packages/distro_info.py", ""),
  folder("app"),
];

/** An archive that holds one file alone, a manifest by default, without its list. */
export function jar(name: string, manifest: string, { end = true, entry: path = "META-INF/MANIFEST.MF" } = {}): Entry {
  const entry = Buffer.from(path);
  const header = Buffer.alloc(30);
  header.write("PK\x03\x04", "latin1");
  header.writeUInt16LE(8, 6);
  header.writeUInt16LE(8, 8);
  header.writeUInt16LE(entry.length, 26);
  const marker = Buffer.alloc(end ? 22 : 0);
  marker.write("PK\x05\x06", "latin1");
  return file(name, Buffer.concat([header, entry, deflateRawSync(manifest), Buffer.alloc(100), marker]), 0o644);
}

/** A loader of glibc's, which says what an interpreter that names it is linked with. */
const loader = "/lib64/ld-linux-x86-64.so.2";
/** An interpreter of {@link runtimeBase}, linked with glibc. */
export const withGlibc = (path: string): Entry[] => [file(path, elf({ interpreter: loader })), file(loader.slice(1), elf({ type: 3 }))];

/** Whether it was not run, as what it needs isn't there: a volume, packages of others. */
type Options = Omit<Partial<RuntimeCase>, "title" | "files" | "command"> & { unrun?: boolean };

export type Dies = [title: string, code: string, files: Entry[], command: string[], options?: Options];
export type Lives = [title: string, files: Entry[], command: string[], options?: Options];

/** Node's own program, which says its version. */
export const nodeOf = (version: string): Entry =>
  file("usr/local/bin/node", Buffer.concat([elf(), Buffer.from(`\0{"Browser": "\0node.js/v${version}\0", "Protocol-Version": "1.1"}\0`)]));
