import { commandSeconds, timeoutSeconds, type Pace } from "../src/ecs/running/pace";

const pace: Pace = { factor: 0.1, startFactor: 0.5, answerSeconds: 15 };

test.each([
  // Half a second would tell of the machine.
  [5, 5],
  [2, 2],
  [60, 15],
  [300, 30],
])("of %d s that are set an answer is waited for %d s", (set, lasts) => {
  expect(timeoutSeconds(set, pace)).toBe(lasts);
});

test.each([
  [2, 15],
  [60, 15],
  [300, 30],
])("of %d s that are set the command of a health check is waited for %d s", (set, lasts) => {
  expect(commandSeconds(set, pace)).toBe(lasts);
});
