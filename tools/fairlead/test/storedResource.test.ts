import { differences, identityOf, versionOf, type StoredResource } from "../src/smoke/storedResource";

const type = "aws:ecs/taskDefinition:TaskDefinition";
const secret = (ciphertext: string) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext });

/** A task definition of the state: its id is its family. */
function taskDefinition(revision: number, image = "api@sha256:1", ciphertext = "v1:a"): StoredResource {
  return {
    ...{ urn: `urn:pulumi:dev::shop::${type}::api`, type, id: "dev-api", custom: true },
    inputs: { family: "dev-api", containerDefinitions: secret(ciphertext), image },
    outputs: { arn: `arn:aws:ecs:us-east-1:123456789012:task-definition/dev-api:${revision}`, revision },
  };
}

test("a new revision of a task definition is another one, though its urn and id are the same", () => {
  expect(identityOf(taskDefinition(2))).not.toBe(identityOf(taskDefinition(1)));
  expect(versionOf(taskDefinition(2))).not.toBe(versionOf(taskDefinition(1)));
});

test("a replacement under the same name is another one, by when it was created", () => {
  const group = (created: string): StoredResource => ({
    urn: "urn::logs",
    type: "aws:cloudwatch/logGroup:LogGroup",
    id: "dev-api",
    created,
  });
  expect(identityOf(group("2026-01-02T03:04:05Z"))).not.toBe(identityOf(group("2026-01-02T03:04:06Z")));
});

test("an update leaves it the same resource, and makes another version of it", () => {
  expect(identityOf(taskDefinition(1, "api@sha256:2"))).toBe(identityOf(taskDefinition(1)));
  expect(versionOf(taskDefinition(1, "api@sha256:2"))).not.toBe(versionOf(taskDefinition(1)));
});

test("a secret that was encrypted anew, and keys in another order, are no change", () => {
  expect(versionOf(taskDefinition(1, "api@sha256:1", "v1:b"))).toBe(versionOf(taskDefinition(1)));
  const { inputs, outputs, ...others } = taskDefinition(1);
  const reversed = Object.fromEntries(Object.entries(inputs!).reverse());
  expect(versionOf({ outputs, inputs: reversed, ...others })).toBe(versionOf(taskDefinition(1)));
});

test("what came and what went are differences", () => {
  expect(differences(["a", "b"], ["b", "c"])).toEqual(["a", "c"]);
  expect(differences(["a"], ["a"])).toEqual([]);
});
