import { rmSync } from "node:fs";
import { elf, file, layoutOf } from "@fairlead/inspection/testing/testImage";

import { hostileFiles } from "../testing/hostile/hostileFiles";
import { hostileImages } from "../testing/hostile/hostileImages";
import { hostileLayers } from "../testing/hostile/hostileLayers";
import { inspected } from "../testing/hostile/inspected";

/** What the product promises of any image. */
const bounds = { seconds: 60, MiB: 256 };

const outOfTime = ["may FL2126"];

let idleMiB: number;
beforeAll(async () => {
  const { peakMiB, verdicts } = await inspected(await layoutOf([[file("app", elf())]], { Cmd: ["/app"] }));
  expect(verdicts).toEqual([]);
  idleMiB = peakMiB;
});

test.each([...hostileImages, ...hostileLayers, ...hostileFiles])("%s: %s, within bounds", async (_title, verdicts, make) => {
  const { path } = await make();
  const found = await inspected(path).finally(() => rmSync(path, { recursive: true, force: true }));
  expect(found.crash).toBeUndefined();
  // A busy machine comes less far in the same time.
  expect([verdicts, outOfTime]).toContainEqual(found.verdicts);
  expect(found.peakMiB - idleMiB).toBeLessThan(bounds.MiB);
  // It stops by itself; what is over by then is a step.
  expect(found.seconds ?? 0).toBeLessThan(bounds.seconds * 1.1);
});
