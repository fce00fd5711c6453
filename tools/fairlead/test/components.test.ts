import { componentsOf } from "../testing/components";
import { componentPackages } from "../testing/documents";

const components = componentsOf([...componentPackages, "environment"]);

test("the first parameter of every component is called name, as Pulumi calls it", () => {
  expect(components.length).toBeGreaterThan(25);
  expect(components.filter(({ parameters }) => parameters[0] !== "name").map(({ name, parameters }) => [name, parameters])).toEqual([]);
});
