import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { sheetOf, typeSheets, type TypeSheet } from "../src/awsTypes";

/** The types whose sheet fails a check; none, where all is well. */
function failing(check: (sheet: TypeSheet, type: string) => boolean, types = [...typeSheets]): string[] {
  return types.filter(([type, sheet]) => !check(sheet, type)).map(([type]) => type);
}

const ofSdk = [...typeSheets].filter(([type]) => !type.startsWith("pulumi-nodejs:"));

/** The arguments of a type, as the SDK of its provider declares them. */
function argumentsOf(type: string): string {
  const [provider, module, kind] = type.split(":") as [string, string, string];
  const sdk = dirname(require.resolve(`@pulumi/${provider}/package.json`));
  const named = join(sdk, provider === "aws" ? module : join(module === "index" ? "" : module, kind.toLowerCase()));
  // A class Index has its own file beside the module's index.d.ts.
  const file = [`${named}_.d.ts`, `${named}.d.ts`].find((candidate) => existsSync(candidate))!;
  const declaration = readFileSync(file, "utf8");
  const start = declaration.indexOf(`export interface ${kind}Args {`);
  if (start < 0) throw new Error(`${file} declares no ${kind}Args`);
  return declaration.slice(start, declaration.indexOf("\n}", start));
}

test("what takes tags is what its SDK says: a list of tags, or an image's own, is no map of them", () => {
  const takesMap = (type: string) => /^ {4}tags\?: pulumi\.Input<\{$/m.test(argumentsOf(type));
  expect(failing(({ taggable }, type) => taggable === takesMap(type), ofSdk)).toEqual([]);
});

test("what replaces a resource, and what it is a part of, are arguments of it", () => {
  const declares = (type: string, property: string) => new RegExp(`^ {4}${property}\\??: `, "m").test(argumentsOf(type));
  const isKnown = ({ replacedBy = [], inPlace = {} }: TypeSheet) => Object.keys(inPlace).every((argument) => replacedBy.includes(argument));
  expect(failing(isKnown, ofSdk)).toEqual([]);
  const isDeclared = ({ replacedBy = [], unasked = [], partOf }: TypeSheet, type: string) =>
    [...replacedBy, ...unasked, ...(partOf ? [partOf] : [])].every((path) => declares(type, path.split(".")[0]!));
  expect(failing(isDeclared, ofSdk)).toEqual([]);
});

test("each sheet says all that others ask of it, in sentences", () => {
  const isSentence = (text = "") => /^[A-Z].*\.$/.test(text);
  expect(failing(({ replaced, deleted }) => isSentence(replaced?.text) && isSentence(deleted?.text))).toEqual([]);
  expect(failing(({ noun, replacedBy }) => /^[A-Za-z0-9' -]+$/.test(noun) && replacedBy !== undefined)).toEqual([]);
});

test("a type that nobody wrote a sheet of has none, and neither has another's dynamic resource", () => {
  expect(sheetOf("aws:opensearch/domain:Domain")).toBeUndefined();
  expect(sheetOf("pulumi-nodejs:dynamic:Resource", { taskDefinitionArn: "arn:aws:ecs:…" })?.pricing).toBe("estimated");
  expect(sheetOf("pulumi-nodejs:dynamic:Resource", { table: "people" })).toBeUndefined();
});
