/** What a generated ELF file says of itself; a static program of 64 bits for x86-64 by default. */
export interface ElfArgs {
  machine?: number;
  bits?: 32 | 64;
  type?: number;
  interpreter?: string;
  interpreterAt?: number;
  needed?: string[];
  rpath?: string;
  runpath?: string;
  soname?: string;
  /** Versions that it needs, by library; those that end with `?` it can do without. */
  versionNeeds?: Record<string, string[]>;
  versions?: string[];
  noDefaultFolders?: boolean;
  /** Of the CPU that its notes ask for. */
  x86Level?: number;
  /** Where its names lie, in a segment of their own, as patchelf writes them. */
  namesAt?: number;
  /** What stands in it besides, such as a loader's folders. */
  data?: string;
  /** A library has none. */
  hasEntry?: boolean;
}

interface Segment {
  type: number;
  flags?: number;
  offset: number;
  length: number;
  memory?: number;
}

/** An ELF file as a linker writes it, without code. */
export function elf(args: ElfArgs = {}): Buffer {
  const { machine = 62, bits = 64, type = 2, interpreter, interpreterAt = 1024, namesAt, hasEntry = true } = args;
  const wide = bits === 64;
  const names = new Names();
  const isDynamic = [args.needed, args.rpath, args.runpath, args.soname, args.versions, args.versionNeeds].some(
    (part) => part !== undefined,
  );
  const parts: [number, Buffer][] = [];
  const segments: Segment[] = [];
  if (interpreter) {
    parts.push([interpreterAt, Buffer.from(`${interpreter}\0`)]);
    segments.push({ type: 3, offset: interpreterAt, length: interpreter.length + 1 });
  }
  let end = 2048;
  const put = (bytes: Buffer) => {
    const at = end;
    parts.push([at, bytes]);
    end += Math.ceil(bytes.length / 16) * 16;
    return at;
  };
  if (args.data) put(Buffer.from(`\0${args.data}\0`));
  if (args.x86Level) segments.push({ type: 0x6474e553, offset: put(note(args.x86Level)), length: 32 });
  if (isDynamic) {
    const needs = versionNeedTable(args.versionNeeds ?? {}, names);
    const defined = versionTable(args.soname ?? "", args.versions, names);
    const tags: [number, number][] = (args.needed ?? []).map((name) => [1, names.at(name)]);
    const add = (tag: number, name?: string) => name !== undefined && tags.push([tag, names.at(name)]);
    add(14, args.soname);
    add(15, args.rpath);
    add(29, args.runpath);
    if (args.noDefaultFolders) tags.push([0x6ffffffb, 0x800]);
    if (args.versionNeeds) tags.push([0x6ffffffe, put(needs)], [0x6fffffff, Object.keys(args.versionNeeds).length]);
    if (args.versions) tags.push([0x6ffffffc, put(defined)], [0x6ffffffd, args.versions.length + 1]);
    const strings = names.bytes();
    const stringsAt = namesAt ?? put(strings);
    if (namesAt) parts.push([namesAt, strings]);
    if (namesAt) segments.push({ type: 1, offset: namesAt, length: strings.length });
    const dynamic = dynamicTable([...tags, [5, stringsAt], [10, strings.length], [0, 0]], wide);
    segments.push({ type: 2, offset: put(dynamic), length: dynamic.length });
    segments.push(
      { type: 1, flags: hasEntry ? 5 : 6, offset: 0, length: end, memory: end + 64 },
      { type: 0x6474e551, flags: 6, offset: 0, length: 0 },
    );
  }
  const bytes = Buffer.alloc(Math.max(256, ...parts.map(([at, part]) => at + part.length)));
  writeHeader(bytes, { machine, type, wide, entry: hasEntry ? 64 : 0, segments });
  for (const [at, part] of parts) part.copy(bytes, at);
  return bytes;
}

function writeHeader(
  bytes: Buffer,
  { machine, type, wide, entry, segments }: { machine: number; type: number; wide: boolean; entry: number; segments: Segment[] },
): void {
  const address = (value: number, at: number) => (wide ? bytes.writeBigUInt64LE(BigInt(value), at) : bytes.writeUInt32LE(value, at));
  bytes.write("\x7fELF", 0, "latin1");
  bytes.set([wide ? 2 : 1, 1, 1], 4);
  bytes.writeUInt16LE(type, 16);
  bytes.writeUInt16LE(machine, 18);
  address(entry, 24);
  address(64, wide ? 32 : 28);
  const size = wide ? 56 : 32;
  bytes.writeUInt16LE(size, wide ? 54 : 42);
  bytes.writeUInt16LE(segments.length, wide ? 56 : 44);
  segments.forEach(({ type: kind, flags = 4, offset, length, memory = length }, number) => {
    const at = 64 + number * size;
    bytes.writeUInt32LE(kind, at);
    bytes.writeUInt32LE(flags, at + (wide ? 4 : 24));
    address(offset, at + (wide ? 8 : 4));
    address(offset, at + (wide ? 16 : 8));
    address(length, at + (wide ? 32 : 16));
    address(memory, at + (wide ? 40 : 20));
  });
}

/** A string table. */
class Names {
  private text = "\0";

  at(name: string): number {
    const known = this.text.indexOf(`\0${name}\0`);
    if (known >= 0) return known + 1;
    this.text += `${name}\0`;
    return this.text.length - name.length - 1;
  }

  bytes(): Buffer {
    return Buffer.from(this.text);
  }
}

function versionNeedTable(needs: Record<string, string[]>, names: Names): Buffer {
  const entries = Object.entries(needs).map(([library, versions], number, all) => {
    const entry = Buffer.alloc(16 + versions.length * 16);
    entry.writeUInt16LE(1, 0);
    entry.writeUInt16LE(versions.length, 2);
    entry.writeUInt32LE(names.at(library), 4);
    entry.writeUInt32LE(16, 8);
    entry.writeUInt32LE(number === all.length - 1 ? 0 : entry.length, 12);
    versions.forEach((version, index) => {
      const at = 16 + index * 16;
      entry.writeUInt16LE(version.endsWith("?") ? 2 : 0, at + 4);
      entry.writeUInt32LE(names.at(version.replace(/\?$/, "")), at + 8);
      entry.writeUInt32LE(index === versions.length - 1 ? 0 : 16, at + 12);
    });
    return entry;
  });
  return Buffer.concat(entries);
}

function versionTable(soname: string, versions: string[] = [], names: Names): Buffer {
  const all = [soname, ...versions];
  const table = Buffer.alloc(all.length * 28);
  all.forEach((version, index) => {
    const at = index * 28;
    table.writeUInt16LE(1, at);
    table.writeUInt16LE(index === 0 ? 1 : 0, at + 2);
    table.writeUInt16LE(1, at + 6);
    table.writeUInt32LE(20, at + 12);
    table.writeUInt32LE(index === all.length - 1 ? 0 : 28, at + 16);
    table.writeUInt32LE(names.at(version), at + 20);
  });
  return table;
}

function dynamicTable(tags: [number, number][], wide: boolean): Buffer {
  const table = Buffer.alloc(tags.length * (wide ? 16 : 8));
  tags.forEach(([tag, value], index) => {
    if (wide) {
      table.writeBigUInt64LE(BigInt(tag), index * 16);
      table.writeBigUInt64LE(BigInt(value), index * 16 + 8);
    } else {
      table.writeUInt32LE(tag, index * 8);
      table.writeUInt32LE(value, index * 8 + 4);
    }
  });
  return table;
}

function note(level: number): Buffer {
  const bytes = Buffer.alloc(32);
  bytes.writeUInt32LE(4, 0);
  bytes.writeUInt32LE(16, 4);
  bytes.writeUInt32LE(5, 8);
  bytes.write("GNU", 12, "latin1");
  bytes.writeUInt32LE(0xc0008002, 16);
  bytes.writeUInt32LE(4, 20);
  bytes.writeUInt32LE(2 ** level - 1, 24);
  return bytes;
}
