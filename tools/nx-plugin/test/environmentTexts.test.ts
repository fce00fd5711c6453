import { parse } from "yaml";

import { environmentWorkspace } from "../testing/environments";

const { workspace, generate } = environmentWorkspace();

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

test("a longer name of another environment or stack, which has this one's in it, stays", () => {
  generate({ name: "rehearsal-eu" });
  workspace.write("stacks/Pulumi.our-rehearsal.yaml", "config:\n  aws:region: eu-west-1\n");
  const names = ["rehearsal-eu.internal", "our-rehearsal-role", "rehearsal-europe", "rehearsal-alarms", "rehearsal-us"];
  workspace.write("stacks/rehearsal.ts", `export default ${JSON.stringify(names)};\n`);
  workspace.edit("stacks/Pulumi.rehearsal.yaml", (text) => `${text}  fixture:peers: [rehearsal-eu, rehearsal]\n`);
  workspace.commit();
  generate({ name: "rehearsal-us", from: "rehearsal" });
  const renamed = ["rehearsal-eu.internal", "our-rehearsal-role", "rehearsal-us-europe", "rehearsal-us-alarms", "rehearsal-us"];
  expect(workspace.read("stacks/rehearsal-us.ts")).toBe(`export default ${JSON.stringify(renamed)};\n`);
  expect(workspace.read("stacks/Pulumi.rehearsal-us.yaml")).toContain("fixture:peers: [rehearsal-eu, rehearsal-us]\n");
  workspace.commit();
  generate({ name: "rehearsal-us", from: "rehearsal" });
  expect(workspace.changed()).toEqual([]);
});

test("files with Windows' ends of lines get lines with such ends, and the same lines", () => {
  generate({ name: "pre-live" });
  const written = Object.fromEntries(workspace.changed().map((file) => [file, workspace.read(file)]));
  workspace.reset();
  const windows = (text: string) => text.replace(/\n/g, "\r\n");
  for (const file of workspace.files()) workspace.write(file, windows(workspace.read(file)));
  workspace.commit();
  generate({ name: "pre-live" });
  expect(workspace.changed().sort()).toEqual(Object.keys(written).sort());
  for (const [file, text] of Object.entries(written)) expect([file, workspace.read(file)]).toEqual([file, windows(text)]);
  workspace.commit();
  generate({ name: "pre-live" });
  expect(workspace.changed()).toEqual([]);
});

test.each([
  { what: "ends with the environment", is: "- **rehearsal** is as live", becomes: "- **rehearsal** is as live\n- **pre-live** began" },
  { what: "has ends of both kinds", is: "# All\n- **rehearsal** is\r\n  as live\r\n", becomes: "as live\r\n- **pre-live** began" },
])("a document that $what", ({ is, becomes }) => {
  workspace.write("docs/environments.md", is);
  generate({ name: "pre-live" });
  expect(workspace.read("docs/environments.md")).toContain(becomes);
});

describe("anchors in its configuration", () => {
  const configured = (lines: string) => {
    workspace.write("stacks/Pulumi.rehearsal.yaml", `config:\n  aws:region: eu-west-1\n${lines}`);
    generate({ name: "pre-live" });
    return workspace.read("stacks/Pulumi.pre-live.yaml");
  };
  const secretOf = (key: string) => `  # A secret: pulumi config set --secret ${key} -s pre-live\n`;

  test("an alias of a secret is one", () => {
    const text = configured("  fixture:token: &token\n    secure: v1:abc\n  fixture:other: *token\n  fixture:list: [*token]\n");
    expect(text).toBe(`config:\n  aws:region: eu-west-1\n${secretOf("token")}${secretOf("other")}${secretOf("list")}`);
  });

  test("an alias of what lies in another region is left out with it", () => {
    const arn = "arn:aws:acm:eu-west-1:123456789012:certificate/a";
    workspace.write("stacks/Pulumi.rehearsal.yaml", `config:\n  aws:region: eu-west-1\n  fixture:a: &a ${arn}\n  fixture:b: [*a]\n`);
    generate({ name: "pre-live", region: "eu-central-1" });
    expect(Object.keys((parse(workspace.read("stacks/Pulumi.pre-live.yaml")) as { config: object }).config)).toEqual(["aws:region"]);
  });

  test("an alias of what is not copied is refused", () => {
    expect(() => configured("  fixture:token: { secure: v1:abc, more: &plain [a] }\n  fixture:other: { of: *plain }\n")).toThrow(
      /^stacks\/Pulumi\.rehearsal\.yaml:4:24: \*plain stands for a part of what is not copied\. Nothing was written\.\nWrite its value there/,
    );
    expect(workspace.changed()).toEqual(["stacks/Pulumi.rehearsal.yaml"]);
  });

  test("one that is copied stays", () => {
    expect(configured("  fixture:plain: &plain of rehearsal\n  fixture:other: *plain\n")).toContain(
      "  fixture:plain: &plain of pre-live\n  fixture:other: *plain\n",
    );
  });

  test("the region that is one is another's for both", () => {
    workspace.write("stacks/Pulumi.rehearsal.yaml", "config:\n  aws:region: &region eu-west-1\n  fixture:replica: *region\n");
    generate({ name: "pre-live", region: "eu-central-1" });
    expect(workspace.read("stacks/Pulumi.pre-live.yaml")).toBe("config:\n  aws:region: &region eu-central-1\n  fixture:replica: *region\n");
  });
});
