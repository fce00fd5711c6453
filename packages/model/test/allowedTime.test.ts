import { allowedTime } from "../src";

describe("the time that a rollout may take", () => {
  test("follows from the steps and bakes", () => {
    expect(allowedTime({})).toEqual({ waitingMinutes: 0, allowedMinutes: 20 });
    expect(allowedTime({ strategy: "BLUE_GREEN", bakeTimeMinutes: 1440 })).toEqual({ waitingMinutes: 1440, allowedMinutes: 1460 });
    expect(allowedTime({ strategy: "CANARY", stepBakeTimeMinutes: 10, bakeTimeMinutes: 5 })).toMatchObject({ waitingMinutes: 15 });
    // Four steps have three waits between them, and the bake follows.
    expect(allowedTime({ strategy: "LINEAR", stepPercent: 25, stepBakeTimeMinutes: 10, bakeTimeMinutes: 5 })).toMatchObject({
      waitingMinutes: 35,
    });
  });

  test("grows with the number of waves, and with what asks whether to go on", () => {
    expect(allowedTime({ minimumHealthyPercent: 100, maximumPercent: 150 })).toMatchObject({ allowedMinutes: 40 });
    expect(allowedTime({ minimumHealthyPercent: 100, maximumPercent: 110 })).toMatchObject({ allowedMinutes: 200 });
    expect(allowedTime({ hasAlarms: true })).toMatchObject({ allowedMinutes: 30 });
    expect(allowedTime({ strategy: "BLUE_GREEN", bakeTimeMinutes: 0, hookStages: 2 })).toMatchObject({ allowedMinutes: 140 });
  });
});
