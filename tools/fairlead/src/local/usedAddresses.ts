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
export async function freeBlock(compose: ComposeEngine, project: string, blocks: readonly string[]): Promise<string> {
  const others = (await networks(compose)).filter((network) => labelsOf(network)["com.docker.compose.project"] !== project);
  const used = others.flatMap(subnetsOf).flatMap((subnet) => addressRange(subnet) ?? []);
  const free = blocks.find((block) => !used.some((range) => overlap(range, addressRange(block)!)));
  if (free !== undefined) return free;
  throw new UserError(
    coded(
      "FL2705",
      `Each of ${blocks.length} blocks from ${blocks[0]} has networks of others in it. Take one of your own: --addresses 10.99.0.0/22`,
    ),
  );
}

/** The subnets that networks of a project have now, by their names in its Compose file. */
export async function subnetsThere(compose: ComposeEngine, project: string): Promise<Record<string, string>> {
  const own = await networks(compose, ["--filter", `label=com.docker.compose.project=${project}`]);
  return Object.fromEntries(
    own.flatMap((network) => {
      const [name, [subnet]] = [labelsOf(network)["com.docker.compose.network"], subnetsOf(network)];
      return name === undefined || subnet === undefined ? [] : [[name, subnet]];
    }),
  );
}

async function networks({ engine }: ComposeEngine, filter: readonly string[] = []): Promise<Told[]> {
  const listed = await engine.must("the engine does not list its networks", ["network", "ls", "--quiet", ...filter]);
  const ids = listed.split("\n").filter(Boolean);
  // One that is removed meanwhile makes the call fail, and the others are told all the same.
  return ids.length === 0 ? [] : read((await engine.call(["network", "inspect", ...ids])).stdout);
}

/** @throws UserError rather than take every block for free */
function read(text: string): Told[] {
  try {
    return JSON.parse(text) as Told[];
  } catch {
    throw new UserError("The engine does not say which addresses its networks have. Give a block that is free: --addresses 10.99.0.0/22");
  }
}

const labelsOf = ({ Labels, labels }: Told): Record<string, string> => Labels ?? labels ?? {};

const subnetsOf = ({ IPAM, subnets }: Told): string[] =>
  [...(IPAM?.Config ?? []).map(({ Subnet }) => Subnet), ...(subnets ?? []).map(({ subnet }) => subnet)].filter(
    (subnet): subnet is string => subnet !== undefined,
  );

const overlap = (a: AddressRange, b: AddressRange) => a.family === b.family && a.first <= b.last && b.first <= a.last;
