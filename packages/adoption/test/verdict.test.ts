import { verdictOf } from "../src";

const urn = (type: string, name: string) => `urn:pulumi:dev::shop::fairlead:data:Bucket$${type}::${name}`;
const table = urn("aws:dynamodb/table:Table", "carts");
const bucket = urn("aws:s3/bucket:Bucket", "exports");
const verdict = (...steps: object[]) => verdictOf(JSON.stringify({ steps, changeSummary: { same: 3 } }));

test("a replacement counts once, with the properties that force it", () => {
  const detailedDiff = { hashKey: { kind: "update-replace" }, "tags.owner": { kind: "add" } };
  const steps = ["create-replacement", "replace", "delete-replaced"].map((op) => ({
    op,
    urn: table,
    detailedDiff,
    replaceReasons: ["hashKey"],
  }));
  expect(verdict(...steps)).toMatchObject({
    replaced: [{ urn: table, type: "aws:dynamodb/table:Table", name: "carts", properties: ["hashKey"] }],
    deleted: [],
    changed: [],
  });
});

test("a replacement of which the provider names no property is one all the same", () => {
  const { replaced } = verdict({ op: "replace", urn: table, detailedDiff: null, replaceReasons: null, diffReasons: ["name"] });
  expect(replaced).toEqual([{ urn: table, type: "aws:dynamodb/table:Table", name: "carts", properties: ["name"] }]);
});

test("what is deleted, changed, made and left is told apart", () => {
  const made = verdict(
    { op: "delete", urn: table },
    { op: "update", urn: bucket, detailedDiff: { forceDestroy: { kind: "add" } }, diffReasons: ["forceDestroy"] },
    { op: "create", urn: urn("aws:ecs/service:Service", "web") },
    { op: "same", urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev" },
    { op: "read", urn: urn("aws:ec2/vpc:Vpc", "x") },
  );
  expect(made.deleted.map(({ name }) => name)).toEqual(["carts"]);
  expect(made.changed).toEqual([{ urn: bucket, type: "aws:s3/bucket:Bucket", name: "exports", properties: ["forceDestroy"] }]);
  expect([made.created, made.unchanged]).toEqual([1, 3]);
});

test.each(["discard", "discard-replaced"])("%s loses what is there as well", (op) => {
  const { replaced, deleted } = verdict({ op, urn: table });
  expect(replaced.length + deleted.length).toBe(1);
});
