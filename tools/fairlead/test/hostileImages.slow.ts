import { elf, file, layoutOf } from "@fairlead/inspection/testing/testImage";

import { hostileImages } from "../testing/hostile/hostileImages";
import { inspected } from "../testing/hostile/inspected";

/** What the product promises of any image. */
const bounds = { seconds: 60, MiB: 256 };

let idleMiB: number;
beforeAll(async () => {
  const { peakMiB, verdicts } = await inspected(await layoutOf([[file("app", elf())]], { Cmd: ["/app"] }));
  expect(verdicts).toEqual([]);
  idleMiB = peakMiB;
});

test.each(hostileImages)("%s: %s, within bounds", async (_title, verdicts, make) => {
  const { path } = await make();
  const found = await inspected(path);
  expect(found.crash).toBeUndefined();
  expect(found.verdicts).toEqual(verdicts);
  expect(found.peakMiB - idleMiB).toBeLessThan(bounds.MiB);
  // It stops by itself; what is over by then is a step.
  expect(found.seconds ?? 0).toBeLessThan(bounds.seconds * 1.1);
});
