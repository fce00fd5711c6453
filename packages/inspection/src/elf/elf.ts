/** What an ELF file's header and segments say of where it runs, and what it needs there. */
export interface Elf {
  class: 32 | 64;
  littleEndian: boolean;
  /** `e_machine`, such as 62 for x86-64. */
  machine: number;
  /** `e_type`: 2 and 3 are programs. */
  type: number;
  /** Path of the loader that a dynamic program names; undefined for a static one. */
  interpreter?: string;
  /** Whether its first instruction lies in a segment that Linux lets be executed; undefined where that can't be told. */
  hasEntry?: boolean;
  /** Set if the file ends before its segments do. */
  cutOff?: CutOff;
  /** Undefined where there is none, or where it could not be read. */
  dynamic?: Dynamic;
  /** Level of the x86-64 CPU that its notes ask for: 2, 3 or 4. */
  x86Level?: number;
}

/** A file that is shorter than its segments. */
export interface CutOff {
  size: number;
  /** Where its last segment ends. */
  needed: number;
  /**
   * Whether what is missing is touched at each start: its first instruction, its dynamic section, or the page that Linux clears behind its data.
   */
  touched: boolean;
}

/** What a dynamic section says to the loader. */
export interface Dynamic {
  /** Libraries, in the order in which they are loaded. */
  needed: readonly string[];
  rpath?: string;
  runpath?: string;
  soname?: string;
  /** Versions that it needs, by library; without those that it can do without. */
  versionNeeds: readonly VersionNeed[];
  /** Versions that it has itself; undefined for a library without any. */
  versions?: readonly string[];
  /** A program, which can't be loaded as a library. */
  isProgram: boolean;
  /** Not to be looked for in the loader's own folders (`DF_1_NODEFLIB`). */
  noDefaultFolders: boolean;
  /** Of glibc's loader: the folders that were compiled into it. */
  systemFolders?: readonly string[];
}

export interface VersionNeed {
  library: string;
  versions: readonly string[];
}

const machines: Record<number, string> = {
  3: "x86",
  8: "MIPS",
  20: "PowerPC",
  21: "PowerPC 64",
  22: "s390x",
  40: "ARM (32 bits)",
  62: "x86-64",
  183: "ARM64",
  243: "RISC-V",
  258: "LoongArch",
};

/** `x86-64`, `ARM64`, and so on. */
export function machineName({ machine, class: bits }: Elf): string {
  return `${machines[machine] ?? `machine ${machine}`}${machine === 243 ? ` (${bits} bits)` : ""}`;
}

const machineOf: Record<string, number> = { amd64: 62, arm64: 183 };
/** Programs of 32 bits that the CPU runs if the kernel was built for it. */
const elderMachineOf: Record<string, number> = { amd64: 3, arm64: 40 };

/**
 * Whether Linux on this architecture runs the file. Programs of 32 bits are run where the kernel was built with IA32_EMULATION (most are), or with
 * COMPAT on an ARM64 CPU that has the older instructions (Graviton2 has them).
 */
export function runsOn(elf: Elf, architecture: string): "yes" | "perhaps" | "no" {
  if (!elf.littleEndian) return "no";
  if (elf.machine === machineOf[architecture] && elf.class === 64) return "yes";
  return elf.machine === elderMachineOf[architecture] && elf.class === 32 ? "perhaps" : "no";
}
