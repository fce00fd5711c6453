import { graceSeconds, timeoutSeconds } from "../src/ecs/running/pace";

const pace = { factor: 0.1, startSeconds: 30, answerSeconds: 15 };

test.each([
  // A minute is six seconds, in which a program may not have started.
  [60, 30],
  [900, 90],
  // Who sets less has less.
  [5, 5],
  [0, 0],
])("a grace period of %d s lasts %d s", (set, lasts) => {
  expect(graceSeconds(set, pace)).toBe(lasts);
});

test("an answer is waited for as long as a program may need", () => {
  expect(timeoutSeconds(5, pace)).toBe(15);
  expect(timeoutSeconds(300, pace)).toBe(30);
});
