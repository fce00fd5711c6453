import type { Explanation, Explanations } from "./explanation";

const stops = (error: string) => `Every task stops as it starts: ${error}.`;

/** What can be wrong with the libraries of a program, and with the file that it is; the consequence is what ECS makes of it. */
export const libraryCodes = {
  FL2135: {
    title: "library missing",
    meaning: "The program, or a library that it needs, needs one that its loader finds in none of the folders where it looks.",
    consequence: stops("error while loading shared libraries: cannot open shared object file; exit code 127"),
    fix: "Install its package in the last stage, or copy it there, and RUN ldconfig. Build the program on the distribution that it runs on.",
  },
  FL2136: {
    title: "library that can't be loaded",
    meaning: "The library that a program needs is for another CPU, or no library at all.",
    consequence: stops("error while loading shared libraries: cannot open shared object file, or invalid ELF header; exit code 127"),
    fix: "Copy it from a stage of the same platform.",
  },
  FL2137: {
    title: "library too old",
    meaning:
      "The program, or a library that it needs, was built with a newer version of a library than the image has: mostly of glibc or libstdc++.",
    consequence: stops("version `GLIBC_…' not found; exit code 1"),
    fix: "Build it FROM the same distribution and version as the last stage.",
    example: "FROM rust:1-slim-bookworm AS build\nFROM debian:bookworm-slim",
  },
  FL2138: {
    title: "program that crashes as it starts",
    meaning: "The file is cut off, or a shared library that was named as a program.",
    consequence: stops("exit code 139 (SIGSEGV) or 135 (SIGBUS)"),
    fix: "Copy the whole file, or name a program.",
  },
  FL2139: {
    title: "built for a newer CPU",
    meaning: "The program, or a library that it needs, says that it needs a newer CPU than every machine of the platform has.",
    consequence: stops("CPU ISA level is lower than required, or illegal instruction (exit code 132)"),
    fix: "Build it for x86-64-v2.",
  },
} satisfies Explanations<"FL21", Explanation & { consequence: string }>;
