import { compositionFile, planOf, ProjectFolder, service } from "./harness";

/** What the plan of these services is refused with; undefined where it is not. */
async function refusal(...services: [name: string, ...lines: string[]][]): Promise<string | undefined> {
  const files = services.map(([name, ...lines]) => service(name, "version: 1.0.0", "containerPort: 80", ...lines));
  const project = new ProjectFolder(Object.assign({ "stacks/dev.ts": compositionFile }, ...files));
  try {
    await planOf(project);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    project.remove();
  }
}

describe("resources of two services that would have one name", () => {
  test("are told with both services, not as a URN of the engine's", async () => {
    const shop = ["shop", "routes: [{ path: /shop/* }]", "deployment: { strategy: CANARY }"] as [string, ...string[]];
    const refused = await refusal(shop, ["shop-green", "routes: [{ path: /green/* }]"]);
    expect(refused).toMatch(/^FL1049 service shop and service shop-green each make .*TargetGroup with the name "shop-green"\..* Rename/);
    expect(refused).not.toContain("urn:pulumi");
  });

  test("are none where the names differ", async () => {
    expect(await refusal(["shop", "routes: [{ path: /shop/* }]"], ["shop-green", "routes: [{ path: /green/* }]"])).toBeUndefined();
  });
});
