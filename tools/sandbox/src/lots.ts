/** What can be run alone; all in this order. */
export const parts = [
  "images",
  "run",
  "reviewed",
  "formats",
  "stacks",
  "smoke",
  "life",
  "imports",
  "adoption",
  "incidents",
  "rollouts",
  "local",
] as const;
export type Part = (typeof parts)[number];

/**
 * What has to be there before a lot can start: all that is built, registries and an account; runc and packages; Docker's plugins; the AWS provider. Lots that
 * need the first take longest, and where all is there they are the first to begin.
 */
export const needs = ["account", "packages", "compose", "provider"] as const;
export type Need = (typeof needs)[number];

/** Parts that one process runs in turn, in a folder and an account of its own, while others run the other lots. */
export interface Lot {
  /** Of its folder, and before each line that it writes. */
  name: string;
  parts: readonly Part[];
  needs: Need;
  /** What it takes of the disk at most, besides what the toolchain takes once. */
  GiB: number;
}

/** The one that takes longest is the first of those that need the same. */
const lots: readonly Lot[] = [
  { name: "images", parts: ["images", "run"], needs: "packages", GiB: 6 },
  { name: "local", parts: ["local"], needs: "compose", GiB: 3 },
  { name: "reviewed", parts: ["reviewed"], needs: "provider", GiB: 0 },
  { name: "rollouts", parts: ["adoption", "incidents", "rollouts"], needs: "account", GiB: 3 },
  { name: "life", parts: ["life"], needs: "account", GiB: 2 },
  { name: "imports", parts: ["imports"], needs: "account", GiB: 2 },
  { name: "stacks", parts: ["formats", "stacks", "smoke"], needs: "account", GiB: 2 },
];

/**
 * The lots that are to run, with those of their parts that are.
 *
 * @param isForeign whether an endpoint answers for AWS that has one account for all
 */
export function lotsOf(wanted: readonly Part[], isForeign: boolean): Lot[] {
  const inOneAccount = (all: readonly Lot[]): Lot[] => [
    ...all.filter(({ needs }) => needs !== "account"),
    { name: "stacks", parts: all.filter(({ needs }) => needs === "account").flatMap((lot) => lot.parts), needs: "account", GiB: 3 },
  ];
  return (isForeign ? inOneAccount(lots) : lots)
    .map((lot) => ({ ...lot, parts: lot.parts.filter((part) => wanted.includes(part)) }))
    .filter((lot) => lot.parts.length > 0);
}
