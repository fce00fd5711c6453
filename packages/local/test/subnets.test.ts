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

test("another service leaves those that are there where they are, and takes the place of none that is no more", () => {
  const [own, edges] = [names(12), names(12, "edge")];
  const before = subnetsIn("198.18.4.0/22", networksOf(own, edges));
  const there = Object.fromEntries([...before].map(([name, { subnet }]) => [name, subnet]));
  for (let index = 0; index < 100; index++) {
    // Of which one goes in the same moment.
    const after = subnetsIn("198.18.4.0/22", networksOf([...own.slice(1), `new-${index}`], [...edges, `edge-new-${index}`]), there);
    expect([...after].filter(([name, { subnet }]) => name in there && there[name] !== subnet)).toEqual([]);
    const added = rangesOf(new Map([...after].filter(([name]) => !(name in there))));
    expect(overlapping([...rangesOf(before), ...added])).toEqual([]);
  }
});

test("one that grows finds another place, and one in another block as well", () => {
  const there = { web: "198.18.4.0/28", api: "198.18.4.16/28", old: "10.1.0.0/28", odd: "198.18.4.56/27" };
  const after = subnetsIn(
    "198.18.4.0/22",
    new Map([
      ["web", 7],
      ["api", 9],
      ["old", 7],
      ["odd", 7],
    ]),
    there,
  );
  expect(after.get("web")!.subnet).toBe("198.18.4.0/28");
  expect(after.get("api")!.subnet).toMatch(/^198\.18\.[4-7]\.\d+\/27$/);
  expect(after.get("old")!.subnet).toMatch(/^198\.18\./);
  expect(overlapping([...rangesOf(after), addressRange("198.18.4.16/28")!])).toEqual([]);
});

test("where a block is full, networks that are no more make room", () => {
  const there = Object.fromEntries([...subnetsIn("198.18.4.0/26", networksOf(names(4), []))].map(([name, { subnet }]) => [name, subnet]));
  const after = subnetsIn("198.18.4.0/26", networksOf([...names(3), "another"], []), there);
  expect(overlapping(rangesOf(after))).toEqual([]);
  expect(names(3).every((name) => after.get(name)!.subnet === there[name])).toBe(true);
  expect(subnetsIn("198.18.4.0/26", networksOf(names(3, "x"), names(2, "edge")), there).size).toBe(5);
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
