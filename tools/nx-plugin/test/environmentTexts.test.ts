import { logger } from "@nx/devkit";

import environmentGenerator from "../src/generators/environment/generator";
import type { EnvironmentOptions } from "../src/generators/environment/place";
import { Workspace } from "../testing/workspace";

const workspace = new Workspace();
afterAll(() => workspace.delete());
afterEach(() => workspace.reset());

beforeEach(() => void jest.spyOn(logger, "info").mockImplementation());

const unformatted = (_root: string, _file: string, text: string) => text;
const generate = (options: EnvironmentOptions) =>
  workspace.generate<EnvironmentOptions>((tree, given) => environmentGenerator(tree, given, unformatted), options);

test.each([
  {
    what: "with a bracket before the list",
    is: '{ "$comment": "[in the order of promotion]", "environments": ["trial", "rehearsal", "live"] }\n',
    becomes: '{ "$comment": "[in the order of promotion]", "environments": ["trial", "rehearsal", "pre-live", "live"] }\n',
  },
  {
    what: "with a line for each",
    is: '{\r\n  "environments": [\r\n    "trial",\r\n    "rehearsal",\r\n    "live"\r\n  ]\r\n}\r\n',
    becomes: '{\r\n  "environments": [\r\n    "trial",\r\n    "rehearsal",\r\n    "pre-live",\r\n    "live"\r\n  ]\r\n}\r\n',
  },
])("environments.json $what", ({ is, becomes }) => {
  workspace.write("stacks/environments.json", is);
  generate({ name: "pre-live" });
  expect(workspace.read("stacks/environments.json")).toBe(becomes);
});

describe("the name of the function of its composition", () => {
  const words = ["new", "public", "package", "private", "static", "protected", "interface", "let", "yield", "await", "eval", "arguments"];
  test.each([...words, "exports", "require", "undefined"])("is no word of the language: %s", (name) => {
    generate({ name });
    expect(workspace.read(`stacks/${name}.ts`)).toContain(`export default function ${name}Environment(settings: Settings)`);
  });

  test("is none that the composition uses", () => {
    generate({ name: "services-of" });
    expect(workspace.read("stacks/services-of.ts")).toContain("export default function servicesOfEnvironment(settings: Settings)");
  });

  test("is the environment's again, where that of the other was none", () => {
    generate({ name: "public" });
    generate({ name: "inner", from: "public" });
    expect(workspace.read("stacks/inner.ts")).toContain("export default function inner(settings: Settings)");
  });
});
