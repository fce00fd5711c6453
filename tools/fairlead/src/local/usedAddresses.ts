import { addressRange, type AddressRange } from "@fairlead/changes";
import { coded, UserError } from "@fairlead/model";

import type { ComposeEngine } from "./composeEngine";

/** Of each network, the project and its subnets. */
const format = '{{json (index .Labels "com.docker.compose.project")}}{{range .IPAM.Config}} {{.Subnet}}{{end}}';

/** The first of some blocks that no network of others has a part of. @throws UserError where each has one */
export async function freeBlock({ engine }: ComposeEngine, project: string, blocks: readonly string[]): Promise<string> {
  const ids = (await engine.must("the engine does not list its networks", ["network", "ls", "--quiet"])).split("\n").filter(Boolean);
  const { stdout } = await engine.call(["network", "inspect", "--format", format, ...ids]);
  const others = stdout.split("\n").filter((line) => line !== "" && !line.startsWith(`${JSON.stringify(project)} `));
  const used = others.flatMap((line) => line.split(" ").slice(1)).flatMap((subnet) => addressRange(subnet) ?? []);
  const free = blocks.find((block) => !used.some((range) => overlap(range, addressRange(block)!)));
  if (free !== undefined) return free;
  throw new UserError(
    coded(
      "FL2705",
      `Each of ${blocks.length} blocks from ${blocks[0]} has networks of others in it. Take one of your own: --addresses 10.99.0.0/22`,
    ),
  );
}

const overlap = (a: AddressRange, b: AddressRange) => a.family === b.family && a.first <= b.last && b.first <= a.last;
