import { inspectImage } from "../src/inspectImage";
import type { ContainerSettings } from "../src/container/containerSettings";
import { elf, file, layoutOf, link, type ElfArgs, type Entry } from "../testing/testImage";

export const interpreter = "/lib64/ld-linux-x86-64.so.2";
export const own = ["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib", "/usr/lib"];
export const data = own.map((path) => `${path}/`).join("\0");
export const loader = elf({ type: 3, soname: "ld-linux-x86-64.so.2", versions: ["GLIBC_2.3", "GLIBC_PRIVATE"], data });
export const library = (args: ElfArgs = {}) => elf({ type: 3, soname: args.soname ?? "", hasEntry: false, ...args });
export const libc = library({ soname: "libc.so.6", versions: ["GLIBC_2.2.5", "GLIBC_2.34", "GLIBC_2.36", "GLIBC_PRIVATE"] });
/** A small Debian. */
export const debian: Entry[] = [
  file(interpreter.slice(1), loader),
  file("lib/x86_64-linux-gnu/libc.so.6", libc, 0o644),
  file("etc/debian_version", "12.5\n", 0o644),
  file("bin/sh", elf()),
];
export const muslLoader = "/lib/ld-musl-x86_64.so.1";
/** A small Alpine. */
export const alpine: Entry[] = [
  file(muslLoader.slice(1), elf({ type: 3, soname: "libc.musl-x86_64.so.1" })),
  link("lib/libc.musl-x86_64.so.1", "ld-musl-x86_64.so.1"),
];
export const program = (args: ElfArgs) =>
  file("app", elf({ type: 3, interpreter, ...args, needed: [...(args.needed ?? []), "libc.so.6"] }));
export const onMusl = (args: ElfArgs) =>
  file("app", elf({ type: 3, interpreter: muslLoader, ...args, needed: [...(args.needed ?? []), "libc.musl-x86_64.so.1"] }));
export const foo = (path: string, args: ElfArgs = {}, mode = 0o644) =>
  file(`${path}/libfoo.so.1`, library({ soname: "libfoo.so.1", ...args }), mode);
export const needsFoo = program({ needed: ["libfoo.so.1"] });

export interface Case {
  title: string;
  entries: Entry[];
  config?: Record<string, unknown>;
  run?: ContainerSettings;
}

export async function findingsOf({ entries, config, run }: Case, layers: Entry[][] = []) {
  const layout = await layoutOf([entries, ...layers], { Cmd: ["/app"], ...config });
  return (await inspectImage(layout, { platforms: ["linux/amd64"], run, cache: false })).platforms[0]!.findings;
}

/** As ldconfig writes it; until glibc 2.31 behind a table of its own. */
export function loaderCache(libraries: [string, string][], elder: boolean): Buffer {
  const header = Buffer.alloc(48 + libraries.length * 24);
  header.write("glibc-ld.so.cache1.1", 0, "latin1");
  header.writeUInt32LE(libraries.length, 20);
  let strings = "";
  const put = (text: string) => header.length + (strings += `${text}\0`).length - text.length - 1;
  libraries.forEach(([name, path], index) => {
    header.writeUInt32LE(0x303, 48 + index * 24);
    header.writeUInt32LE(put(name), 48 + index * 24 + 4);
    header.writeUInt32LE(put(path), 48 + index * 24 + 8);
  });
  const before = Buffer.alloc(elder ? 32 : 0);
  if (elder) before.write("ld.so-1.7.0", 0, "latin1");
  if (elder) before.writeUInt32LE(1, 12);
  return Buffer.concat([before, header, Buffer.from(strings)]);
}
