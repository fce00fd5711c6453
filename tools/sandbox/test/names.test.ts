import { typesBesideOurs, typeSheets } from "@fairlead/model/awsTypes";
import { invokeTokens } from "@fairlead/plan";

import names from "../src/aws/names.json";

const resources: Record<string, string> = names.resources;
const functions: Record<string, string> = names.functions;

test("the bridge knows Terraform's name of every type that the components make", () => {
  const types = [...typeSheets.keys()].filter((type) => type.startsWith("aws:") && !typesBesideOurs.has(type));
  expect(types.filter((type) => !(type in resources))).toEqual([]);
});

test("and of every function that the plan answers", () => {
  expect([...invokeTokens].filter((token) => !(token in functions))).toEqual([]);
});

test("no two types have one name", () => {
  const all = Object.values(resources);
  expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
});
