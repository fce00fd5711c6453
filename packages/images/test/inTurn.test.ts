import { inTurn } from "../src";

test("work goes on in turn, a number at a time, also after a failure", async () => {
  const twice = inTurn(2);
  const log: string[] = [];
  let running = 0;
  const work = (name: string) =>
    twice(async () => {
      log.push(`${name} with ${running++}`);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      if (name === "b") throw new Error("b");
    }).catch(() => log.push("failed"));
  await Promise.all(["a", "b", "c", "d"].map(work));
  expect(log.filter((entry) => / with [2-9]/.test(entry))).toEqual([]);
  expect(log.map((entry) => entry[0]).sort()).toEqual(["a", "b", "c", "d", "f"]);
});
