import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";

import { importIntoStack } from "../src/adopt/importIntoStack";
import { flatFile, ScriptedPulumi, urn } from "../testing/adopt/scriptedPulumi";

const bucket = { urn: urn("aws:s3/bucket:Bucket", "exports"), id: "acme" };
const table = { urn: urn("aws:dynamodb/table:Table", "carts"), id: "shop-carts" };

let pulumi: ScriptedPulumi;
beforeEach(() => (pulumi = new ScriptedPulumi()));
afterEach(() => pulumi.end());

const refusalOf = () =>
  importIntoStack(pulumi.project(), "acme/dev", [bucket, table], flatFile([bucket, table])).then(
    () => undefined,
    (error: Error) => error.message,
  );

test("what is imported leaves no folder behind", async () => {
  pulumi.keep("acme/dev", []);
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith("fairlead-adopt-"));
  expect(await refusalOf()).toBeUndefined();
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith("fairlead-adopt-"))).toEqual(before);
});

test("an import that ends half-way says what came, what not, how to go on, and the way back", async () => {
  pulumi.keep("acme/dev", []);
  process.env.REFUSED = "dynamodb";
  const refusal = await refusalOf();
  expect(refusal).toMatch(/^FL3206 `pulumi import` ended with 255:[^]*AccessDenied: not authorized/);
  expect(refusal).toMatch(
    /In the state of acme\/dev, protected: Bucket acme\.\n {2}Not in it: Table shop-carts\.\n {2}fix: .*run the same command again/,
  );
  expect(refusal).toMatch(new RegExp(`pulumi state delete --force -s acme/dev '${bucket.urn.replaceAll("/", "/")}'$`));
  expect(refusal).not.toMatch(/Nothing was written/);
});

test("one that ends before anything came says so, and one of which that can't be read says how to look", async () => {
  pulumi.keep("acme/dev", []);
  process.env.REFUSED = "aws:";
  expect(await refusalOf()).toMatch(/None of them is in the state of acme\/dev\.$/);
  process.env.EXPORT = "error: incorrect passphrase";
  expect(await refusalOf()).toMatch(/could not be read: pulumi stack -s acme\/dev --show-urns$/);
});
