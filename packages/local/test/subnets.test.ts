import { addressRange, type AddressRange } from "@fairlead/changes";

import { subnetsIn } from "../src/compose/subnets";

const names = (count: number, prefix = "service") => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
/** Networks of tasks with seven containers each, and of pairs. */
const networksOf = (own: readonly string[], edges: readonly string[]) =>
  new Map([...own.map((name) => [name, 7] as const), ...edges.map((name) => [name, 2] as const)]);
const rangesOf = (subnets: ReturnType<typeof subnetsIn>) => [...subnets.values()].map(({ subnet }) => addressRange(subnet)!);
const overlap = (a: AddressRange, b: AddressRange) => a.first <= b.last && b.first <= a.last;
const overlapping = (ranges: readonly AddressRange[]) => ranges.flatMap((a, index) => ranges.slice(index + 1).filter((b) => overlap(a, b)));

test("60 services fit into /22, none on the addresses of another", () => {
  const subnets = subnetsIn("198.18.4.0/22", networksOf(names(60), names(8, "edge")));
  const ranges = rangesOf(subnets);
  const block = addressRange("198.18.4.0/22")!;
  expect(ranges).toHaveLength(68);
  expect(overlapping(ranges)).toEqual([]);
  expect(ranges.filter(({ first, last }) => first < block.first || last > block.last)).toEqual([]);
});

test("30 services that call two others each fit into /22", () => {
  expect(overlapping(rangesOf(subnetsIn("198.18.4.0/22", networksOf(names(30), names(60, "edge")))))).toEqual([]);
});

test("projects with blocks of their own never overlap", () => {
  const all = ["198.18.0.0/22", "198.18.4.0/22", "198.18.252.0/22"].flatMap((block) =>
    rangesOf(subnetsIn(block, networksOf(names(50), names(28, "edge")))),
  );
  expect(overlapping(all)).toEqual([]);
});

test("what is kept for the machine and for AWS, Docker doesn't hand out", () => {
  for (const { subnet, ipRange, gateway, endpoint } of subnetsIn("10.99.0.0/22", networksOf(names(9), names(9, "edge"))).values()) {
    const [whole, handedOut] = [addressRange(subnet)!, addressRange(ipRange)!];
    const kept = [gateway, endpoint].map((address) => addressRange(address)!);
    expect(kept.every((each) => overlap(whole, each) && !overlap(handedOut, each))).toBe(true);
    expect(handedOut.first > whole.first && handedOut.last === whole.last).toBe(true);
    expect(gateway).not.toBe(endpoint);
  }
});

test.each([
  [1, 3],
  [2, 3],
  [3, 3],
  [4, 7],
  [7, 7],
  [9, 15],
  [60, 63],
])("a network of %i containers has room for %i", (members, expected) => {
  // The last address is everybody's.
  const room = (ipRange: string) => Number(addressRange(ipRange)!.last - addressRange(ipRange)!.first);
  const [subnet] = subnetsIn("10.99.0.0/22", new Map([["api", members]])).values();
  expect(room(subnet!.ipRange)).toBe(expected);
});

test("another service leaves most of the others where they are", () => {
  const [own, edges] = [names(12), names(12, "edge")];
  const before = subnetsIn("198.18.4.0/22", networksOf(own, edges));
  let moved = 0;
  for (let index = 0; index < 100; index++) {
    const after = subnetsIn("198.18.4.0/22", networksOf([...own, `new-${index}`], [...edges, `edge-new-${index}`]));
    moved += [...before].filter(([name, { subnet }]) => after.get(name)!.subnet !== subnet).length;
  }
  // Of 24 networks, less than one each time.
  expect(moved / 100).toBeLessThan(1);
});

test("the order of services counts for nothing", () => {
  const own = names(20);
  const subnets = (all: string[]) => Object.fromEntries(subnetsIn("198.18.4.0/22", networksOf(all, [])));
  expect(subnets([...own].reverse())).toEqual(subnets(own));
});

test("too many say which block has room", () => {
  expect(() => subnetsIn("198.18.4.0/22", networksOf(names(60), names(30, "edge")))).toThrow(
    "90 networks of this environment don't fit into 198.18.4.0/22: give a block of /21 or larger, with --addresses.",
  );
  expect(() => subnetsIn("198.18.0.0/21", networksOf(names(60), names(30, "edge")))).not.toThrow();
});
