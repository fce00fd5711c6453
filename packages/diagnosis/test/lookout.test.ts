import { Lookout } from "../src/gather/lookout";

test("who no longer waits is let go, though AWS never answers", async () => {
  const controller = new AbortController();
  const lookout = new Lookout(controller.signal);
  const asked = lookout.ask("ecs:DescribeServices", () => new Promise<never>(() => undefined));
  controller.abort(new Error("two minutes are over"));
  await expect(asked).rejects.toThrow("two minutes are over");
});
