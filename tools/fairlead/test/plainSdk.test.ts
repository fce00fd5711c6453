import { planOfStack, readProject, type Plan } from "@fairlead/plan";

import { FixtureRepository } from "../testing/fixtureRepository";

const repository = new FixtureRepository();
afterAll(() => repository.remove());

// In a file of its own: what the plan switches off in the SDK stays off.
test("the plan is the same with the SDK as it is", async () => {
  const plan = () => planOfStack(readProject("dev", [], repository.folder), "dev");
  process.env.FAIRLEAD_PLAIN_SDK = "1";
  const plain = await plan();
  delete process.env.FAIRLEAD_PLAIN_SDK;
  const light = await plan();
  // In which order independent resources are registered is the event loop's affair.
  const byUrn = ({ resources, ...rest }: Plan) => ({ ...rest, resources: [...resources].sort((a, b) => (a.urn < b.urn ? -1 : 1)) });
  expect(byUrn(plain)).toEqual(byUrn(light));
  expect(plain.resources.length).toBeGreaterThan(100);
});
