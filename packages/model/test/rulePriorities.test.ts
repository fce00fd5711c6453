import { freePriority, patternsMeet, rulePriorities } from "../src";

describe("a listener rule's priority", () => {
  const priority = (path: string, rest: { host?: string; shiftedBy?: string } = {}) => rulePriorities({ path, ...rest }).priority;

  test("is within 1 to 50,000, and the test rule's comes right before", () => {
    const all = [{ path: "/" }, { path: "/*" }, { path: `/${"a".repeat(127)}` }, { path: `/${"a".repeat(127)}`, host: "a.example.com" }];
    for (const route of all) {
      const numbers = rulePriorities(route);
      expect(numbers.testPriority).toBe(numbers.priority - 1);
      expect(numbers.testPriority).toBeGreaterThanOrEqual(1);
      expect(numbers.priority).toBeLessThanOrEqual(50_000);
    }
  });

  test("puts a host before none, the longer path first, and the catch-all last", () => {
    const ordered = [
      priority("/*", { host: "a.example.com" }),
      priority("/api/v2/*"),
      priority("/api/*"),
      priority("/api"),
      priority("/*"),
    ];
    expect([...ordered].sort((a, b) => a - b)).toEqual(ordered);
  });

  test("is what it was before 0.3.0 where no other route had the number", () => {
    expect([priority("/api/*"), priority("/*"), priority("/shop/*")]).toEqual([46492, 48196, 45994]);
  });

  test("is another one for a service that shifts traffic: its rule is made beside the one that it takes over from", () => {
    expect(priority("/shop/*", { shiftedBy: "cart" })).not.toBe(priority("/shop/*"));
  });

  test("that is said is taken, and one that is free is of the same length and has room for the test rule", () => {
    expect(rulePriorities({ path: "/shop/*", priority: 7 })).toEqual({ priority: 7, testPriority: 6 });
    expect(freePriority({ path: "/shop/*" }, new Set([45994]))).toBe(45996);
    expect(freePriority({ path: "/shop/*" }, new Set([45994, 45995]))).toBe(45998);
  });
});

test.each([
  ["/*", "/api/*", true],
  ["/static/assets/*", "/api/*", false],
  ["/a*b", "/ab", true],
  ["/?", "/", false],
  ["*.example.com", "api.example.com", true],
  ["/a/*/c", "/*/b/c", true],
])("%s and %s have requests in common: %s", (one, other, expected) => {
  expect([patternsMeet(one, other), patternsMeet(other, one)]).toEqual([expected, expected]);
});
