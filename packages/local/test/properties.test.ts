import { composeText } from "../src/compose/write";
import { localEnvironment } from "../src/localEnvironment";
import { inCompose, inPlan, properties } from "../testing/properties";
import { propertiesPlan, propertiesSettings } from "../testing/propertiesPlan";
import { readCompose } from "../testing/propertyViews";

const plan = propertiesPlan();
const environment = localEnvironment(plan, propertiesSettings("/repository", "/repository/.fairlead"));
const file = readCompose(composeText(environment.compose, "A heading"));

test.each(properties.map((property) => [`${property.task}/${property.container}: ${property.name}`, property] as const))(
  "%s is the same in the plan and in the Compose file",
  (_, property) => {
    expect({ plan: inPlan(property, plan), compose: inCompose(property, file) }).toEqual({ plan: property.is, compose: property.is });
  },
);

test("there are 40 of them and more, each once", () => {
  const names = properties.map(({ task, container, name }) => `${task}/${container}: ${name}`);
  expect(names.length).toBeGreaterThanOrEqual(40);
  expect(new Set(names).size).toBe(names.length);
});

test("the secret is asked for, and nothing else", () => {
  expect(environment.neededSecrets).toEqual([{ variable: "TOKEN", task: "shop", name: "TOKEN" }]);
});
