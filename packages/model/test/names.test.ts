import { autoNamed, explicitName, fitName, nameProblem, nameRules, type NamedThing } from "../src/names";

test("a name that fits stays as it is", () => {
  expect(fitName("orders", 32)).toBe("orders");
  expect(fitName("a".repeat(32), 32)).toBe("a".repeat(32));
  expect(fitName("a".repeat(33), 32)).toMatch(/^a{25}-[0-9a-f]{6}$/);
});

test("a long name is shortened stably, and two long ones stay apart", () => {
  const long = (end: string) => `${"customer-recommendations-".repeat(3)}${end}`;
  expect(fitName(long("a"), 32).length).toBeLessThanOrEqual(32);
  expect(fitName(long("a"), 32)).toMatch(/^customer-recommendations-[0-9a-f]{6}$/);
  expect(fitName(long("a"), 32)).toBe(fitName(long("a"), 32));
  expect(fitName(long("a"), 32)).not.toBe(fitName(long("b"), 32));
});

test.each(Object.keys(nameRules) as NamedThing[])("a shortened %s is a name that AWS accepts, with Pulumi's suffix as well", (thing) => {
  const long = "a1-".repeat(400).replace(/-$/, "");
  expect(nameProblem(explicitName(long, thing), thing)).toBeUndefined();
  expect(nameProblem(`${autoNamed(long, thing)}-0a1b2c3`, thing)).toBeUndefined();
});

test.each([
  ["loadBalancer", "internal-api"],
  ["loadBalancer", "a".repeat(33)],
  ["targetGroup", "-api"],
  ["service", "my api"],
  ["repository", "Shop/api"],
  ["publicRepository", "a".repeat(206)],
  ["publicRepository", "Shop/agent"],
  ["role", "r".repeat(65)],
  ["queue", "jobs.fifo.x"],
  ["bucket", "My_Bucket"],
  ["postgres", "1db"],
  ["cache", "double--hyphen"],
  ["capacityProvider", "ecs-instances"],
] as const)("%s %s is refused with the set that is allowed", (thing, name) => {
  expect(nameProblem(name, thing)).toMatch(/expected 1 to \d+ characters: /);
});
