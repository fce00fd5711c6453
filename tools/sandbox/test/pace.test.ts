import { timeoutSeconds } from "../src/ecs/running/pace";

test.each([
  // Half a second would tell of the machine.
  [5, 5],
  [2, 2],
  [60, 15],
  [300, 30],
])("of %d s that are set an answer is waited for %d s", (set, lasts) => {
  expect(timeoutSeconds(set, { factor: 0.1, startFactor: 0.5, answerSeconds: 15 })).toBe(lasts);
});
