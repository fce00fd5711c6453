/** What images of the corpus are built on. `bases.ts` says what is in each. */
export type BaseName = "scratch" | "debian" | "node" | "alpine" | "distroless";
