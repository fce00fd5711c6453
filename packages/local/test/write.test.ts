import { parse } from "yaml";

import type { ComposeFile } from "../src/compose/model";
import { composeText } from "../src/compose/write";
import { hostileNames, hostileTexts } from "../testing/hostileTexts";
import { hostileValues } from "../testing/propertiesContainers";
import { readCompose } from "../testing/propertyViews";

const fileOf = (service: Partial<ComposeFile["services"][string]>, name = "api"): ComposeFile => ({
  ...{ name: "shop", networks: {}, volumes: {}, configs: {}, secrets: {} },
  services: { [name]: { image: "a:1", ...service } },
});
const written = (service: Partial<ComposeFile["services"][string]>) => readCompose(composeText(fileOf(service), "A heading")).services.api!;

test("hostile values are read as they were, by readers of YAML 1.1 and of 1.2", () => {
  const text = composeText(fileOf({ environment: hostileValues, command: Object.values(hostileValues) }), "A heading");
  for (const version of ["1.1", "1.2"] as const) {
    const { environment, command } = (parse(text, { version }) as ComposeFile).services.api!;
    const doubled = (value: string) => value.replaceAll("$", "$$$$");
    expect(command).toEqual(Object.values(hostileValues).map(doubled));
    expect(environment).toEqual(Object.fromEntries(Object.entries(hostileValues).map(([name, value]) => [name, doubled(value)])));
  }
});

test.each(hostileNames)("a variable and a label called %j", (name) => {
  const { environment, labels } = written({ environment: { [name]: "value" }, labels: { [name]: "$value" } });
  expect([environment, labels]).toEqual([{ [name]: "value" }, { [name]: "$value" }]);
});

test.each(hostileNames)("%j as a value, a key and a service, by readers of YAML 1.1 and of 1.2", (text) => {
  const service = { command: [text], environment: { [text]: text }, labels: { [text]: text }, build: { context: ".", args: { a: text } } };
  const written = composeText({ ...fileOf(service), services: { [text]: { image: text, ...service } } }, "h");
  for (const version of ["1.1", "1.2"] as const)
    expect((parse(written, { version, merge: true }) as ComposeFile).services).toEqual({ [text]: { image: text, ...service } });
});

test.each(["0o22", "-0O7", "+0X1F", "0B1", "<<"])("%s is quoted, for Compose's reader", (text) => {
  const written = composeText(fileOf({ command: [text], labels: { [text]: text } }), "h");
  expect(written.split("\n").filter((line) => line.includes(text))).toEqual([`      - "${text}"`, `      "${text}": "${text}"`]);
});

test("2,000 random texts are read as they were", () => {
  const command = hostileTexts(2000);
  expect(written({ command }).command).toEqual(command);
});

test("what Compose's reader takes for the end of a line, or for a wrong indentation, is escaped", () => {
  const text = composeText(fileOf({ command: ["a\u2028b", "a\n\u0085b", "\ufeffa", "a\n\tb", " a\nb"] }), "h");
  expect(text).not.toMatch(/[\u007f-\u009f\u2028\u2029\ufeff\t]/);
  expect(text).not.toMatch(/[|>][-+\d]*\n/);
});

test("nothing of a file's texts is a variable of Compose's but the secrets", () => {
  const values = { ...hostileValues, TOKEN: { variable: "API_TOKEN" } };
  const text = composeText(
    fileOf({ environment: values, labels: { variable: "x" }, build: { context: ".", args: { variable: "$y" } } }),
    "h",
  );
  const { environment, labels, build } = (parse(text) as ComposeFile).services.api!;
  const single = JSON.stringify([environment, labels, build])
    .replaceAll("$$", "")
    .match(/\$\{?\w+/g);
  expect(single).toEqual(["${API_TOKEN"]);
  expect(environment!.TOKEN).toBe("${API_TOKEN?is in no file of secrets}");
  expect([labels, build!.args]).toEqual([{ variable: "x" }, { variable: "$$y" }]);
});

test("a variable that is called variable is none of the file of secrets", () => {
  expect(written({ environment: { variable: "x" } }).environment).toEqual({ variable: "x" });
});

test("each line of the heading is a comment, and what is empty isn't there", () => {
  const text = composeText(fileOf({}), "One\nservices: {}");
  expect(text.split("\n").slice(0, 2)).toEqual(["# One", "# services: {}"]);
  expect(Object.keys(parse(text) as object)).toEqual(["name", "services"]);
});

test("long texts stand as they are, to be read by a person", () => {
  expect(composeText(fileOf({ command: [`${"x ".repeat(200)}\nsecond`] }), "h")).toMatch(/\|-\n\s+(x ){200}\n\s+second\n/);
});
