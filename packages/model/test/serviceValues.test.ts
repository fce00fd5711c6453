import * as model from "../src";
import { healthCheckValues, scalingValues, withDefaults } from "../src";

const tables = Object.entries(model).filter(([name]) => name.endsWith("Values")) as [string, Record<string, model.ValueRule>][];

test.each(tables)("each default of %s is within its limits", (_, values) => {
  for (const { minimum = -Infinity, maximum = Infinity, default: preset } of Object.values(values)) {
    expect(minimum).toBeLessThan(maximum);
    if (typeof preset === "number") expect(preset >= minimum && preset <= maximum).toBe(true);
  }
});

test("what is not given has its default, and what is given stays: false as well", () => {
  const given: { cpuPercent?: number | false; maxCapacity?: number; schedules?: string[] } = { cpuPercent: false, maxCapacity: undefined };
  expect(withDefaults(given, scalingValues)).toMatchObject({ cpuPercent: false, minCapacity: 2, maxCapacity: 10 });
  expect(given).toEqual({ cpuPercent: false, maxCapacity: undefined });
  expect(withDefaults<{ path?: string }, typeof healthCheckValues>(undefined, healthCheckValues).path).toBe("/");
});
