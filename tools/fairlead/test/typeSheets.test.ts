import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { sheetOf, typesBesideOurs } from "@fairlead/model/awsTypes";

const packages = resolve(__dirname, "../../../packages");
const aws = dirname(require.resolve("@pulumi/aws/package.json"));

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : path.endsWith(".ts") ? [readFileSync(path, "utf8")] : [];
  });
}

/** The types that a source makes: classes of the providers' SDKs, and dynamic resources by their type. */
function typesIn(text: string): string[] {
  const imports = [...text.matchAll(/import \* as (\w+) from "@pulumi\/(aws|awsx|docker-build)(?:\/(\w+))?"/g)];
  const ofSdk = imports.flatMap(([, name, provider, module = "index"]) =>
    [...text.matchAll(new RegExp(`new ${name}\\.([A-Z]\\w+)\\(`, "g"))].map(([, kind]) =>
      provider === "aws" ? awsType(module, kind!) : `${provider}:${module}:${kind}`,
    ),
  );
  // What awsx makes is written in the embedded plan: `add("aws:ec2/subnet:Subnet", …)`.
  const named = [...text.matchAll(/(?:super|\badd)\("((?:pulumi-nodejs|aws):[^"]+)"/g)].map(([, type]) => type!);
  return [...ofSdk, ...named];
}

function awsType(module: string, kind: string): string {
  const file = join(aws, module, `${kind[0]!.toLowerCase()}${kind.slice(1)}.js`);
  return /__pulumiType = '([^']+)'/.exec(readFileSync(file, "utf8"))![1]!;
}

const made = readdirSync(packages).flatMap((name) => sources(join(packages, name, "src")).flatMap(typesIn));

test("components make resources", () => {
  expect(made).toEqual(expect.arrayContaining(["aws:ecs/service:Service", "docker-build:index:Index", "awsx:ec2:Vpc"]));
  expect(made).toEqual(expect.arrayContaining(["aws:ec2/subnet:Subnet", "pulumi-nodejs:dynamic/fairlead:ImageInspection"]));
  expect(new Set(made).size).toBeGreaterThan(85);
});

test("every type that a component makes has a fact sheet", () => {
  expect([...new Set(made)].filter((type) => !sheetOf(type))).toEqual([]);
});

test("what is said to stand beside ours is made by none of them", () => {
  expect([...typesBesideOurs].filter((type) => made.includes(type))).toEqual([]);
  expect([...typesBesideOurs].filter((type) => !sheetOf(type))).toEqual([]);
});
