import { addressRange, type AddressRange } from "@fairlead/changes";
import { coded, UserError } from "@fairlead/model";

import type { ComposeEngine } from "./composeEngine";

/** A network, as Docker and as Podman tell it. */
interface Told {
  Labels?: Record<string, string> | null;
  labels?: Record<string, string> | null;
  IPAM?: { Config?: { Subnet?: string }[] | null };
  subnets?: { subnet?: string }[] | null;
}

/** The first of some blocks that no network of others has a part of. @throws UserError where each has one */
export async function freeBlock({ engine }: ComposeEngine, project: string, blocks: readonly string[]): Promise<string> {
  const ids = (await engine.must("the engine does not list its networks", ["network", "ls", "--quiet"])).split("\n").filter(Boolean);
  // One that is removed meanwhile makes the call fail, and the others are told all the same.
  const { stdout } = ids.length > 0 ? await engine.call(["network", "inspect", ...ids]) : { stdout: "[]" };
  const others = networksOf(stdout).filter(({ Labels, labels }) => (Labels ?? labels)?.["com.docker.compose.project"] !== project);
  const used = others
    .flatMap(({ IPAM, subnets }) => [...(IPAM?.Config ?? []).map(({ Subnet }) => Subnet), ...(subnets ?? []).map(({ subnet }) => subnet)])
    .flatMap((subnet) => (subnet && addressRange(subnet)) || []);
  const free = blocks.find((block) => !used.some((range) => overlap(range, addressRange(block)!)));
  if (free !== undefined) return free;
  throw new UserError(
    coded(
      "FL2705",
      `Each of ${blocks.length} blocks from ${blocks[0]} has networks of others in it. Take one of your own: --addresses 10.99.0.0/22`,
    ),
  );
}

/** @throws UserError rather than take every block for free */
function networksOf(text: string): Told[] {
  try {
    return JSON.parse(text) as Told[];
  } catch {
    throw new UserError("The engine does not say which addresses its networks have. Give a block that is free: --addresses 10.99.0.0/22");
  }
}

const overlap = (a: AddressRange, b: AddressRange) => a.family === b.family && a.first <= b.last && b.first <= a.last;
